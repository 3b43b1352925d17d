using System.Globalization;
using RequestsAsync.Bulk;

namespace RequestsAsync.BulkSimulation;

/// <summary>Makes the hosts and fills the frontier.</summary>
internal static class World
{
    private static readonly double[] Delays = [0.2, 0.5, 1, 1, 1, 2, 5];

    /// <summary>The sites; their URLs are added to the frontier, host after host.</summary>
    public static Dictionary<HostQueue, Site> Fill(JobState state, SimulationOptions options)
    {
        Random random = new(options.Seed);
        int[] sizes = Sizes(options);
        random.Shuffle(sizes);
        Dictionary<HostQueue, Site> sites = new(options.Hosts);
        long number = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            HostQueue queue = state.Host(string.Create(CultureInfo.InvariantCulture, $"host{i}.example"));
            state.Count(queue);

            // The number stands for the place in the spool, which the simulation does not have.
            for (int j = 0; j < sizes[i]; j++) queue.Add(++number);
            double latency = 0.02 * Math.Exp(random.NextDouble() * 4); // 20 ms to a second
            sites.Add(queue, new(queue, sizes[i], Ticks(latency), Ticks(Delays[random.Next(Delays.Length)])));
            state.Schedule.Place(queue, 0);
        }

        state.Added = number;
        state.IsInputCompleted = true;
        return sites;
    }

    private static long Ticks(double seconds) => (long)(seconds * TimeSpan.TicksPerSecond);

    // Zipf's law with exponent 1, cut at the largest; at least one URL each, and as many in all as were asked for.
    private static int[] Sizes(SimulationOptions options)
    {
        double low = 0, high = options.Urls;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if (Total(middle) < options.Urls) low = middle;
            else high = middle;
        }

        int[] sizes = [.. Enumerable.Range(1, options.Hosts).Select(rank => SizeOf(rank, low))];
        long missing = options.Urls - sizes.Sum(static size => (long)size);
        if (missing < 0 || missing > (long)options.Hosts * options.Largest) throw new ArgumentException("So many URLs do not fit on so many hosts.", nameof(options));
        for (int i = sizes.Length - 1; missing > 0; i = i == 0 ? sizes.Length - 1 : i - 1)
        {
            if (sizes[i] >= options.Largest) continue;
            sizes[i]++;
            missing--;
        }

        return sizes;

        int SizeOf(int rank, double scale) => (int)Math.Clamp(scale / rank, 1, options.Largest);
        double Total(double scale) => Enumerable.Range(1, options.Hosts).Sum(rank => (double)SizeOf(rank, scale));
    }
}
