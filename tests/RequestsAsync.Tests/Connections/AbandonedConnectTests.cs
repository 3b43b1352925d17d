using System.Globalization;

namespace RequestsAsync.Tests;

public sealed class AbandonedConnectTests
{
    private const string SynSent = "02";

    [Fact]
    public async Task Two_hundred_cancelled_connects_leave_no_socket()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sockets are counted in /proc");
        await using FaultyServer hole = await BlackHole.OpenAsync("127.0.0.2");
        ConnectionOptions options = new() { Hosts = { ["h"] = ["127.0.0.2", "127.0.0.2"] }, AttemptDelay = TimeSpan.FromMilliseconds(10) };
        using SocketConnector connector = new(options, policy: null, TimeProvider.System);
        using CancellationTokenSource cancellation = new();
        int before = CountKnocking(hole.Port);

        Task[] connecting = [.. Enumerable.Range(0, 200).Select(_ => ConnectAsync())];
        while (CountKnocking(hole.Port) < before + 400)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();

        foreach (Task task in connecting)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.Equal(before, CountKnocking(hole.Port));

        async Task ConnectAsync()
        {
            await using Stream connection = await connector.ConnectAsync("h", hole.Port, checksPolicy: true, new(TimeProvider.System), loop: null, cancellation.Token);
        }
    }

    /// <summary>The sockets whose connecting to that port of loopback nobody has answered.</summary>
    private static int CountKnocking(int port)
    {
        string remote = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return File.ReadLines("/proc/self/net/tcp")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[2].EndsWith(remote, StringComparison.Ordinal) && fields[3] == SynSent)
            .Select(fields => fields[1])
            .Distinct(StringComparer.Ordinal) // the kernel may list one twice while others come and go
            .Count();
    }
}
