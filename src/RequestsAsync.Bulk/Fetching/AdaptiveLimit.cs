namespace RequestsAsync.Bulk;

/// <summary>How many requests are in flight: as many more as go well, and fewer at once when they do not (AIMD).</summary>
/// <remarks>
/// It looks at windows of as many results as may be in flight. A window in which more than a tenth failed for reasons of the network, at more than two hosts, halves the
/// limit; one that took much longer than the best, takes a fifth of it. Until the first such window a good one doubles it (slow start), and then adds a sixteenth.
/// What one host does wrong is that host's matter, and changes nothing here. Not thread-safe.
/// </remarks>
internal sealed class AdaptiveLimit(int max)
{
    private const int First = 32;
    private const int SmallestWindow = 32;
    private const double MaxFailures = 0.1;
    private const int ManyHosts = 3;
    private static readonly TimeSpan Slower = TimeSpan.FromMilliseconds(250); // below that, waiting in a server's queue is no trouble

    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);
    private double _limit = Math.Min(First, max);
    private bool _isStarting = true;
    private int _results;
    private int _failures;
    private long _latency;
    private double _best = double.MaxValue;

    /// <summary>How many may be in flight now.</summary>
    public int Value => (int)_limit;

    /// <summary>Takes a result into account.</summary>
    /// <param name="host">Its host.</param>
    /// <param name="isFailure">Whether the network failed: no connection, no answer in time, a lost connection.</param>
    /// <param name="latency">How long the first byte took; counted for responses alone.</param>
    public void Add(string host, bool isFailure, TimeSpan latency)
    {
        _results++;
        if (isFailure)
        {
            _failures++;
            if (_failing.Count < ManyHosts) _failing.Add(host);
        }
        else
        {
            _latency += latency.Ticks;
        }

        if (_results < Math.Max(SmallestWindow, (int)_limit)) return;
        Adjust();
        (_results, _failures, _latency) = (0, 0, 0);
        _failing.Clear();
    }

    private void Adjust()
    {
        double mean = _results > _failures ? (double)_latency / (_results - _failures) : _best;
        _best = Math.Min(_best * 1.01, mean); // the network may have become slower for good: the best is forgotten little by little

        if (_failures > _results * MaxFailures && _failing.Count >= ManyHosts) Lower(0.5);
        else if (mean > (2 * _best) + Slower.Ticks) Lower(0.8);
        else _limit = Math.Min(max, _isStarting ? _limit * 2 : _limit + Math.Max(1, _limit / 16));
    }

    private void Lower(double factor)
    {
        _isStarting = false;
        _limit = Math.Max(1, _limit * factor);
    }
}
