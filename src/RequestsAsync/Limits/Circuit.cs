namespace RequestsAsync;

/// <summary>The circuit of one host: counts its failures, and lets requests through or not. Not thread-safe, and without a clock of its own.</summary>
/// <remarks>
/// While it is open, every request before <c>_retryAt</c> is refused. The first one after it is the probe, and moves that time on by another break: this
/// keeps all others out while the probe is under way, and lets the next one try if nothing is ever heard of it. So half-open is no state of its own.
/// A probe that is slower than a break still decides, or a slow host would stay shut off for good.
/// </remarks>
internal sealed class Circuit(string origin, CircuitBreaker options)
{
    private readonly FailureWindow _window = new(options.Window);
    private bool _isOpen;
    private long _retryAt;
    private long _generation; // rises with every probe, and when the circuit closes
    private long _openedIn;
    private int _pending;
    private int _failedOnOpening;
    private int _totalOnOpening;

    /// <summary>Whether a new circuit would do as well. One that somebody has yet to report to is still needed.</summary>
    /// <param name="now">The time, in ticks of a clock that never goes back.</param>
    public bool IsForgettable(long now)
    {
        if (_pending > 0) return false;
        if (_isOpen) return now - _retryAt > options.Window.Ticks;

        _window.MoveTo(now);
        return _window.Total == 0;
    }

    /// <summary>Lets a request through, and the first after a break as its probe.</summary>
    /// <exception cref="CircuitOpenException">The circuit is open.</exception>
    public CircuitPass Enter(long now)
    {
        ThrowIfOpen(now);
        if (_isOpen)
        {
            _generation++;
            _retryAt = now + options.BreakFor.Ticks;
        }

        _pending++;
        return new(this, _generation);
    }

    /// <summary>Takes note of what became of a request.</summary>
    public void Report(long generation, CircuitOutcome outcome, long now)
    {
        _pending--;
        if (_isOpen && generation > _openedIn)
            Settle(outcome, generation, now);
        else if (!_isOpen && generation == _generation && outcome != CircuitOutcome.Neither)
            Count(outcome == CircuitOutcome.Failure, now);
    }

    /// <summary>Refuses what <see cref="Enter"/> would refuse.</summary>
    /// <exception cref="CircuitOpenException">The circuit is open.</exception>
    public void ThrowIfOpen(long now)
    {
        if (!_isOpen || now >= _retryAt) return;

        TimeSpan wait = TimeSpan.FromTicks(_retryAt - now);
        throw new CircuitOpenException(
            $"{origin} is left alone: {_failedOnOpening} of the last {_totalOnOpening} requests to it failed. It is tried again in {Failure.Seconds(wait)}.", wait);
    }

    private void Count(bool isFailure, long now)
    {
        _window.Add(now, isFailure);
        if (!isFailure || _window.Total < options.MinimumThroughput || (double)_window.Failed / _window.Total < options.FailureRatio) return;

        (_failedOnOpening, _totalOnOpening) = (_window.Failed, _window.Total);
        _window.Clear();
        _isOpen = true;
        _openedIn = _generation;
        _retryAt = now + options.BreakFor.Ticks;
    }

    private void Settle(CircuitOutcome ofProbe, long generation, long now)
    {
        switch (ofProbe)
        {
            case CircuitOutcome.Success:
                _isOpen = false;
                _generation++;
                break;
            case CircuitOutcome.Failure:
                _retryAt = now + options.BreakFor.Ticks;
                break;
            case CircuitOutcome.Neither when generation == _generation:
                _retryAt = now; // nobody has taken its place yet
                break;
        }
    }
}
