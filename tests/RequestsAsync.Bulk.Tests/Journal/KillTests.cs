using System.Diagnostics;
using System.Globalization;

namespace RequestsAsync.Bulk.Tests;

public sealed class KillTests : IDisposable
{
    private const int Kills = 50;
    private readonly JobFolder _folder = new();
    private readonly HashSet<long> _done = [];
    private long _lastLine;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_process_that_is_killed_at_any_moment_loses_nothing_it_was_promised()
    {
        Random random = new(20);
        for (int kill = 0; kill < Kills; kill++)
        {
            await RunAndKillAsync(TimeSpan.FromMilliseconds(random.Next(1, 60)));
            await AssertPromisesAsync();
        }

        Assert.True(_done.Count > Kills, "The killed processes have settled too little for the test to say anything.");
    }

    private async Task RunAndKillAsync(TimeSpan time)
    {
        ProcessStartInfo start = new(Path.ChangeExtension(typeof(KillTests).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null)) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment[CrashingChild.FolderVariable] = _folder.Path;
        using Process child = Process.Start(start)!;
        try
        {
            Assert.True(Note(await child.StandardOutput.ReadLineAsync()), "The process has ended by itself.");
            await Task.Delay(time);
        }
        finally
        {
            child.Kill();
            await child.WaitForExitAsync();
        }

        // All lines that were written whole are promises; of the last one there may be a part.
        string rest = await child.StandardOutput.ReadToEndAsync();
        foreach (string line in rest[..(rest.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)) Note(line);
    }

    private bool Note(string? line)
    {
        if (line is null) return false;
        long[] numbers = [.. line[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => long.Parse(number, CultureInfo.InvariantCulture))];
        if (line[0] == 'E') _lastLine = Math.Max(_lastLine, numbers[0]);
        else
        {
            foreach (long number in numbers) Assert.True(_done.Add(number), $"Request {number} was settled twice.");
        }

        return true;
    }

    private async Task AssertPromisesAsync()
    {
        using JobFolder copy = _folder.Copy();
        await using LocalFrontier frontier = await LocalFrontier.OpenAsync(copy.Path);
        FrontierStats stats = await frontier.GetStatsAsync();
        Assert.InRange(stats.LastLine, _lastLine, long.MaxValue);
        Assert.Equal(stats.LastLine, stats.Added);
        // One call may have been durable and its promise not written.
        Assert.InRange(stats.Done, _done.Count, _done.Count + 1000);

        LeaseBatch batch = await frontier.LeaseAsync(new() { Worker = "w", MaxHosts = 100, MaxRequestsPerHost = int.MaxValue });
        LeasedRequest[] waiting = [.. batch.Hosts.SelectMany(host => host.Requests)];
        Assert.Equal(stats.Added - stats.Done, waiting.Length);
        Assert.Equal(waiting.Length, waiting.DistinctBy(request => request.Number).Count());
        Assert.DoesNotContain(waiting, request => _done.Contains(request.Number));
        Assert.All(waiting, request => Assert.Equal(CrashingChild.Request(request.Number).Url, request.Request.Url));
        Assert.All(batch.Hosts.Where(host => host.Key.Host != "other"), host => Assert.Equal(host.Requests.Select(request => request.Number).Order(), host.Requests.Select(request => request.Number)));
    }
}
