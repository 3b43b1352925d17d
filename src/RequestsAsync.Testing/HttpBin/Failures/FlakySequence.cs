using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RequestsAsync.Testing;

/// <summary>Which requests of a row fail: by chance, but by the same chance each time.</summary>
internal sealed class FlakySequence
{
    // A client chooses the names, so there has to be an end to them.
    private const int MaxRows = 10_000;

    private readonly ConcurrentDictionary<string, StrongBox<long>> _counters = new(StringComparer.Ordinal);

    /// <summary>The number of the next request of a row, from 1.</summary>
    internal long Next(string row)
    {
        if (_counters.Count >= MaxRows && !_counters.ContainsKey(row)) throw new RejectedException(503, "There are too many rows of requests.");
        return Interlocked.Increment(ref _counters.GetOrAdd(row, static _ => new StrongBox<long>()).Value);
    }

    /// <summary>Whether a request fails; the same for the same arguments, anywhere and always.</summary>
    internal static bool Fails(double ratio, long seed, long number) => SplitMix64.Unit(seed, number) < ratio;
}
