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
    public void Of_a_million_hosts_the_slowest_are_found_in_little_memory()
    {
        HostLatencies hosts = new();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < 1_000_000; i++)
        {
            bool isSlow = i % 100_000 == 50_000;
            hosts.Add(string.Create(CultureInfo.InvariantCulture, $"host{i}.example"), TimeSpan.FromMilliseconds(isSlow ? 5000 + (i / 100_000) : i % 100), isFailure: false);
        }

        long grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(Enumerable.Range(0, 10).Reverse().Select(i => string.Create(CultureInfo.InvariantCulture, $"host{(i * 100_000) + 50_000}.example")), hosts.Slowest(10).Select(host => host.Host));
        Assert.True(hosts.HasForgotten);
        Assert.True(grown < 1 << 20, $"{grown} bytes");
    }
}
