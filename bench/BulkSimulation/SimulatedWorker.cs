namespace RequestsAsync.BulkSimulation;

/// <summary>A modelled worker.</summary>
internal sealed class SimulatedWorker(int number)
{
    /// <summary>The hosts that it holds.</summary>
    public HashSet<Turn> Turns { get; } = [];

    /// <summary>How often it was started: each time it has another name.</summary>
    public int Life { get; set; }

    /// <summary>Whether it is dead, or stands still.</summary>
    public bool IsDown { get; set; }

    /// <summary>How many requests it settled.</summary>
    public long Settled { get; set; }

    /// <summary>Its name.</summary>
    public string Name => $"worker-{number}-{Life}";
}
