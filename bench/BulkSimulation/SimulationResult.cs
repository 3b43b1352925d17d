namespace RequestsAsync.BulkSimulation;

/// <summary>What a simulation came to.</summary>
internal sealed class SimulationResult
{
    /// <summary>Leases that were given.</summary>
    public long Leases { get; set; }

    /// <summary>Attempts that failed and were repeated.</summary>
    public long Retries { get; set; }

    /// <summary>Workers that were killed.</summary>
    public int Deaths { get; set; }

    /// <summary>Workers that stood still for longer than their leases.</summary>
    public int Stops { get; set; }

    /// <summary>URLs that were fetched again after they had been fetched well.</summary>
    public long FetchedTwice { get; set; }

    /// <summary>Settlements that were refused, since the lease was another's by then.</summary>
    public long Refused { get; set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Makespan { get; private set; }

    /// <summary>How long it must take at least: as long as the slowest host alone, or as all work in all hands.</summary>
    public TimeSpan LowerBound { get; private set; }

    /// <summary>Requests that came to a host while another was there.</summary>
    public long Overlaps { get; private set; }

    /// <summary>Requests that came before a host's delay was over.</summary>
    public long TooSoon { get; private set; }

    /// <summary>Which part of the time from a host's first lease to its end it was waiting for more than its own delay.</summary>
    public double Waiting { get; private set; }

    /// <summary>Jain's index over the hosts: how alike is the pace of each, compared to its own.</summary>
    public double HostFairness { get; private set; }

    /// <summary>Jain's index over the workers: how alike is what each settled.</summary>
    public double WorkerFairness { get; private set; }

    /// <summary>When the last host got its first lease.</summary>
    public TimeSpan LastFirstLease { get; private set; }

    /// <summary>Takes the sums when all is done.</summary>
    public void Complete(SimulationOptions options, IReadOnlyCollection<Site> sites, IReadOnlyCollection<SimulatedWorker> workers, long now)
    {
        Makespan = TimeSpan.FromTicks(now);
        double all = sites.Sum(static site => (double)site.OwnTime);
        double slowest = sites.Max(static site => site.OwnTime - site.Delay);
        LowerBound = TimeSpan.FromTicks((long)Math.Max(slowest, all / ((double)options.Workers * options.HostsPerWorker)));
        Overlaps = sites.Sum(static site => (long)site.Overlaps);
        TooSoon = sites.Sum(static site => (long)site.TooSoon);
        LastFirstLease = TimeSpan.FromTicks(sites.Max(static site => site.FirstLease));
        double held = sites.Sum(static site => (double)HeldOf(site));
        Waiting = sites.Sum(static site => (double)Math.Max(0, HeldOf(site) - site.OwnTime)) / held;
        HostFairness = Jain(sites.Select(static site => Math.Min(1, site.OwnTime / (double)HeldOf(site))));
        WorkerFairness = Jain(workers.Select(static worker => (double)worker.Settled));
    }

    // To the end of the delay after the last answer, as its own time is counted.
    private static long HeldOf(Site site) => Math.Max(1, site.Finished + site.Delay - site.FirstLease);

    private static double Jain(IEnumerable<double> values)
    {
        double sum = 0, squares = 0;
        int count = 0;
        foreach (double value in values)
        {
            sum += value;
            squares += value * value;
            count++;
        }

        return squares == 0 ? 0 : sum * sum / (count * squares);
    }
}
