namespace RequestsAsync;

/// <summary>The circuits of all hosts of a session.</summary>
internal sealed class CircuitBreakers
{
    private readonly Lock _gate = new();
    private readonly OriginTable<Circuit> _circuits;
    private readonly TimeProvider _time;
    private readonly long _started;

    /// <summary>All circuits are closed.</summary>
    /// <param name="options">When they open, checked.</param>
    /// <param name="time">The clock.</param>
    public CircuitBreakers(CircuitBreaker options, TimeProvider time)
    {
        _time = time;
        _started = time.GetTimestamp();
        _circuits = new(origin => new Circuit(origin, options), circuit => circuit.IsForgettable(Now));
    }

    /// <summary>How many hosts are remembered.</summary>
    public int Hosts
    {
        get
        {
            lock (_gate)
            {
                return _circuits.Count;
            }
        }
    }

    private long Now => _time.GetElapsedTime(_started).Ticks;

    /// <summary>Refuses a request that would be refused on sending, so that it need not wait for its turn first. It is no right to send.</summary>
    /// <exception cref="CircuitOpenException">The circuit is open.</exception>
    public void ThrowIfOpen(string origin)
    {
        lock (_gate)
        {
            if (_circuits.TryGet(origin, out Circuit? circuit)) circuit.ThrowIfOpen(Now);
        }
    }

    /// <summary>Lets a request through that is about to be sent. For each pass there must be one <see cref="Report"/>.</summary>
    /// <exception cref="CircuitOpenException">The circuit is open, and another request tries whether it can be closed or it is not time yet.</exception>
    public CircuitPass Enter(string origin)
    {
        lock (_gate)
        {
            return _circuits.GetOrAdd(origin).Enter(Now);
        }
    }

    /// <summary>Says what became of the request.</summary>
    public void Report(CircuitPass pass, CircuitOutcome outcome)
    {
        lock (_gate)
        {
            pass.Circuit.Report(pass.Generation, outcome, Now);
        }
    }
}
