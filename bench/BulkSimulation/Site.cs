using RequestsAsync.Bulk;

namespace RequestsAsync.BulkSimulation;

/// <summary>A modelled host: how it answers, and its own view of who came when, which is the judge of politeness.</summary>
internal sealed class Site(HostQueue queue, int size, long latency, long delay)
{
    /// <summary>Its queue in the frontier.</summary>
    public HostQueue Queue => queue;

    /// <summary>How many URLs it has.</summary>
    public int Size => size;

    /// <summary>How long it is to be left alone after each response, in ticks.</summary>
    public long Delay => delay;

    /// <summary>When it was first leased; below zero for not yet.</summary>
    public long FirstLease { get; set; } = -1;

    /// <summary>When the last request to it ended.</summary>
    public long LastEnd { get; private set; } = long.MinValue / 2;

    /// <summary>How many were answered for good.</summary>
    public int Done { get; set; }

    /// <summary>When the last of its URLs was settled.</summary>
    public long Finished { get; set; }

    /// <summary>How long its requests and the delays after them take when nothing else holds them up.</summary>
    public long OwnTime { get; private set; }

    /// <summary>Requests that came while another was at it.</summary>
    public int Overlaps { get; private set; }

    /// <summary>Requests that came before its delay was over.</summary>
    public int TooSoon { get; private set; }

    /// <summary>How long a request takes: half to one and a half times the site's own latency.</summary>
    public long LatencyOf(long number) => (long)(latency * (0.5 + Chance.Of(number, 1)));

    /// <summary>Takes a request.</summary>
    /// <param name="start">When it came.</param>
    /// <param name="end">When it was answered, or its connection was lost.</param>
    /// <param name="isRepeated">Whether it was answered well before: that time is none of its own.</param>
    public void Visit(long start, long end, bool isRepeated)
    {
        if (start < LastEnd) Overlaps++;
        else if (start < LastEnd + delay) TooSoon++;
        LastEnd = Math.Max(LastEnd, end);
        if (!isRepeated) OwnTime += end - start + delay;
    }
}
