using System.Collections.Concurrent;

namespace RequestsAsync;

/// <summary>Objects that were used and can be used again. Safe for any number of threads.</summary>
/// <param name="max">How many are kept.</param>
internal sealed class Spares<T>(int max)
    where T : class
{
    private readonly ConcurrentQueue<T> _others = new();
    private T? _first; // most are given back and taken one at a time
    private int _count;

    /// <summary>Takes one, or <see langword="null"/> when there is none.</summary>
    public T? Take()
    {
        T? spare = Volatile.Read(ref _first);
        if (spare is not null && Interlocked.CompareExchange(ref _first, null, spare) == spare) return spare;
        if (!_others.TryDequeue(out spare)) return null;

        Interlocked.Decrement(ref _count);
        return spare;
    }

    /// <summary>Keeps one.</summary>
    /// <returns><see langword="false"/> when there are enough.</returns>
    public bool TryKeep(T spare)
    {
        if (Volatile.Read(ref _first) is null && Interlocked.CompareExchange(ref _first, spare, null) is null) return true;
        if (Interlocked.Increment(ref _count) <= max)
        {
            _others.Enqueue(spare);
            return true;
        }

        Interlocked.Decrement(ref _count);
        return false;
    }
}
