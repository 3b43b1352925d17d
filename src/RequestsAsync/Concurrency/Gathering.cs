namespace RequestsAsync;

/// <summary>Sends all requests of an input and keeps the results in its order.</summary>
internal static class Gathering
{
    /// <summary>As asyncio.gather: the first failure ends the rest, and is thrown.</summary>
    public static async Task<IReadOnlyList<Response>> GatherAsync(
        Session session, IAsyncEnumerable<Request> requests, long? total, ConcurrencyOptions? options, CancellationToken cancellationToken)
    {
        Results results = new(total, failFast: true);
        await results.RunAsync(session, requests, options, cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(results.ToArray(), static outcome => outcome.Response!);
    }

    /// <summary>As asyncio.gather with return_exceptions: failures are values.</summary>
    public static async Task<IReadOnlyList<Outcome>> GatherOutcomesAsync(
        Session session, IAsyncEnumerable<Request> requests, long? total, ConcurrencyOptions? options, CancellationToken cancellationToken)
    {
        Results results = new(total, failFast: false);
        await results.RunAsync(session, requests, options, cancellationToken).ConfigureAwait(false);
        return results.ToArray();
    }

    private sealed class Results(long? total, bool failFast)
    {
        private readonly Lock _gate = new();
        private readonly List<Outcome?> _outcomes = new((int)Math.Min(total ?? 0, 1 << 20));
        private Exception? _first;

        public async Task RunAsync(Session session, IAsyncEnumerable<Request> requests, ConcurrencyOptions? options, CancellationToken cancellationToken)
        {
            using Dispatcher dispatcher = new(session, options ?? Defaults, total, Take, cancellationToken);
            try
            {
                await dispatcher.RunAsync(requests).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_first is not null)
            {
                // The rest was cancelled because of the first failure, which is what the caller is to see.
            }
            catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException("The requests were cancelled by the caller.", e, cancellationToken);
            }

            if (_first is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_first);
        }

        public Outcome[] ToArray() => _outcomes.ToArray()!;

        private bool Take(Dispatcher dispatcher, Outcome outcome)
        {
            lock (_gate)
            {
                while (_outcomes.Count <= outcome.Index)
                    _outcomes.Add(null);
                _outcomes[(int)outcome.Index] = outcome;
            }

            if (failFast && outcome.Error is { } error && Interlocked.CompareExchange(ref _first, error, null) is null) dispatcher.Stop();
            return true;
        }
    }

    /// <summary>The limits where nothing is said.</summary>
    internal static readonly ConcurrencyOptions Defaults = new();
}
