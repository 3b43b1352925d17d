namespace RequestsAsync;

/// <summary>What every sending of a session passes: the circuit of its host, its turn for a connection, and the rate limit, in this order.</summary>
/// <remarks>The rate comes last, right before the sending: a permit that then had to wait for a connection would let a burst through later.</remarks>
internal sealed class Gate
{
    private readonly ConnectionLimiter? _connections;
    private readonly ConnectionLimiter? _ordinary; // the limit that nobody has set, to which batches are not held: they have one of their own
    private readonly RateGate? _rate;
    private readonly CircuitBreakers? _circuits;
    private readonly bool _asksHost;
    private readonly bool _hasTerms;
    private readonly Admission _ofBatches;
    private readonly Admission _ofOthers;

    /// <param name="settings">The session's settings.</param>
    /// <param name="isNetwork">Whether its connections are its own; otherwise only limits that were set count.</param>
    public Gate(SessionSettings settings, bool isNetwork)
    {
        Limits limits = settings.Limits;
        if (limits.MaxConnections is { } max) _connections = new ConnectionLimiter(max, limits.MaxConnectionsPerHost);
        else if (limits.MaxConnectionsPerHost is { } perHost) _connections = new ConnectionLimiter(int.MaxValue, perHost);

        if (limits.MaxConnections is null && isNetwork) _ordinary = new ConnectionLimiter(Limits.DefaultMaxConnections, perHost: null);
        if (limits.RateLimit is { } rate) _rate = new RateGate(rate, settings.TimeProvider);
        if (limits.CircuitBreaker is { } breaker) _circuits = new CircuitBreakers(breaker, settings.TimeProvider);
        _asksHost = limits.MaxConnectionsPerHost is not null || _circuits is not null;
        _hasTerms = _asksHost || _rate is not null;
        _ofBatches = new Admission(this, "") { HoldsConnection = _connections is not null };
        _ofOthers = new Admission(this, "") { HoldsConnection = _connections is not null, HoldsOrdinary = _ordinary is not null };
    }

    /// <summary>Lets the request in at once where no limit looks at more than how many there are, and there is room.</summary>
    /// <param name="inBatch">Whether a batch, which has its own limit, sends it.</param>
    /// <returns>Its admission, to be given back when it is over; <see langword="null"/> where it has to wait for its turn.</returns>
    public Admission? TryEnter(bool inBatch)
    {
        // There is one limit at most: the one that nobody has set is there only where no other is.
        if (_hasTerms || (inBatch ? _connections : _ordinary ?? _connections)?.TryEnter() == false) return null;

        return inBatch ? _ofBatches : _ofOthers;
    }

    /// <summary>Waits for the request's turn.</summary>
    /// <param name="url">Where it goes.</param>
    /// <param name="inBatch">Whether a batch, which has its own limit, sends it.</param>
    /// <param name="async">Whether to wait without holding the thread.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Its admission, to be given back when it is over.</returns>
    /// <exception cref="CircuitOpenException">The host is left alone for a while.</exception>
    /// <exception cref="RateLimitException">The user's own rate limiter refused.</exception>
    public async ValueTask<Admission> EnterAsync(Url url, bool inBatch, bool async, CancellationToken cancellationToken)
    {
        string origin = _asksHost ? url.Origin : "";
        Admission admission = new(this, origin);
        try
        {
            _circuits?.ThrowIfOpen(origin);
            // Who waits for a busy host holds nothing that those to other hosts need.
            if (_connections is not null)
            {
                await _connections.EnterAsync(origin, async, cancellationToken).ConfigureAwait(false);
                admission.HoldsConnection = true;
            }

            if (_ordinary is not null && !inBatch)
            {
                await _ordinary.EnterAsync(origin, async, cancellationToken).ConfigureAwait(false);
                admission.HoldsOrdinary = true;
            }

            if (_rate is not null) admission.Lease = await _rate.EnterAsync(url, async, cancellationToken).ConfigureAwait(false);
            if (_circuits is not null) admission.Pass = _circuits.Enter(origin);
            return admission;
        }
        catch
        {
            Leave(admission);
            throw;
        }
    }

    /// <summary>Says what became of the sending; once for each admission is enough.</summary>
    public void Report(Admission admission, CircuitOutcome outcome)
    {
        if (admission.Pass is not { } pass) return;

        admission.Pass = null;
        _circuits!.Report(pass, outcome);
    }

    /// <summary>Gives back what was taken; once for each admission.</summary>
    public void Leave(Admission admission)
    {
        Report(admission, CircuitOutcome.Neither);
        admission.Lease?.Dispose();
        if (admission.HoldsConnection) _connections!.Leave(admission.Origin);
        if (admission.HoldsOrdinary) _ordinary!.Leave(admission.Origin);
    }
}
