using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

/// <summary>What is known about origins. Those about which nothing is left to know are forgotten when new ones come. Not thread-safe.</summary>
internal sealed class OriginTable<T>(Func<string, T> create, Func<T, bool> isForgettable)
    where T : class
{
    private const int FirstSweep = 64;

    private readonly Dictionary<string, T> _known = new(StringComparer.Ordinal);
    private int _nextSweep = FirstSweep;

    /// <summary>How many origins are known.</summary>
    public int Count => _known.Count;

    public bool TryGet(string origin, [NotNullWhen(true)] out T? known) => _known.TryGetValue(origin, out known);

    public T GetOrAdd(string origin)
    {
        if (_known.TryGetValue(origin, out T? known)) return known;

        if (_known.Count >= _nextSweep) Sweep();
        return _known[origin] = create(origin);
    }

    // At twice of what was left the last time, so that sweeping costs each newcomer the same, however many there are.
    private void Sweep()
    {
        foreach ((string origin, T known) in _known)
        {
            if (isForgettable(known)) _known.Remove(origin);
        }

        _nextSweep = Math.Max(FirstSweep, 2 * _known.Count);
    }
}
