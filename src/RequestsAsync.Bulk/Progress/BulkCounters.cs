using System.Collections.Concurrent;

namespace RequestsAsync.Bulk;

/// <summary>Counts what a worker does. Written by its loop, read by anybody.</summary>
internal sealed class BulkCounters
{
    private readonly long[] _byClass = new long[6];
    private readonly ConcurrentDictionary<BulkErrorKind, long> _errors = new();
    private long _done;
    private long _retries;
    private long _bytes;

    /// <summary>Counts a result.</summary>
    public void Add(FetchResult result)
    {
        if (result.Again is not null)
        {
            if (result.NextHost is null) Interlocked.Increment(ref _retries);
            return;
        }

        Interlocked.Increment(ref _done);
        Interlocked.Add(ref _bytes, result.Record.Bytes);
        Interlocked.Increment(ref _byClass[Math.Clamp(result.Record.Error is null ? result.Record.Status / 100 : 0, 0, 5)]);
        if (result.Record.Error is { } error) _errors.AddOrUpdate(error.Kind, 1, static (_, count) => count + 1);
    }

    /// <summary>The numbers now.</summary>
    public BulkProgress Read(TimeSpan elapsed, int inFlight, int limit, int hosts)
    {
        long[] byClass = new long[_byClass.Length];
        for (int i = 0; i < byClass.Length; i++) byClass[i] = Interlocked.Read(ref _byClass[i]);
        return new()
        {
            Elapsed = elapsed,
            Done = Interlocked.Read(ref _done),
            ByClass = byClass,
            Errors = new Dictionary<BulkErrorKind, long>(_errors),
            Retries = Interlocked.Read(ref _retries),
            Bytes = Interlocked.Read(ref _bytes),
            InFlight = inFlight,
            Limit = limit,
            Hosts = hosts,
        };
    }
}
