using System.Globalization;

namespace RequestsAsync.Bulk.Tests;

public sealed class HostLatenciesTests
{
    [Fact]
    public void The_slowest_come_first_with_their_figures()
    {
        HostLatencies hosts = new();
        foreach (int time in (int[])[10, 30]) hosts.Add("fast", TimeSpan.FromMilliseconds(time), isFailure: false);
        foreach (int time in (int[])[100, 900]) hosts.Add("slow", TimeSpan.FromMilliseconds(time), isFailure: time > 500);
        hosts.Add("middle", TimeSpan.FromMilliseconds(50), isFailure: false);

        HostLatency[] slowest = hosts.Slowest(2);

        Assert.Equal(["slow", "middle"], slowest.Select(host => host.Host));
        Assert.Equal((2, 1, 500, 900), (slowest[0].Count, slowest[0].Failures, slowest[0].Mean.TotalMilliseconds, slowest[0].Longest.TotalMilliseconds));
        Assert.False(hosts.HasForgotten);
    }

    [Fact]
    public void Of_very_many_hosts_the_slowest_are_found_and_nothing_is_allocated()
    {
        const int Count = 200_000;
        string[] names = [.. Enumerable.Range(0, Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"host{i}.example"))];
        HostLatencies hosts = new();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Count; i++)
        {
            bool isSlow = i % 20_000 == 10_000;
            hosts.Add(names[i], TimeSpan.FromMilliseconds(isSlow ? 5000 + (i / 20_000) : i % 100), isFailure: false);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(Enumerable.Range(0, 10).Reverse().Select(i => names[(i * 20_000) + 10_000]), hosts.Slowest(10).Select(host => host.Host));
        Assert.True(hosts.HasForgotten);
        Assert.True(allocated < 64 << 10, $"{allocated} bytes");
    }
}
