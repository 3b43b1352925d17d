using System.Net;

namespace RequestsAsync;

/// <summary>Asks a resolver once for all who wait for a host, and keeps its answers for a while.</summary>
/// <remarks>Failures are not kept. At most <see cref="Capacity"/> answers are: an endless crawl meets endless hosts.</remarks>
internal sealed class CachingResolver(Resolver resolver, TimeSpan lifetime, TimeProvider time) : IDisposable
{
    public const int Capacity = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Answer> _answers = new(StringComparer.Ordinal);
    private readonly Queue<Answer> _oldestFirst = new(); // the same answers: all live equally long, so the oldest is the first to go
    private readonly Dictionary<string, Lookup> _lookups = new(StringComparer.Ordinal);
    private bool _isDisposed;

    /// <summary>The addresses of a host, one or more.</summary>
    /// <exception cref="NameResolutionException">The resolver failed, or knows no address.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled, which ends only this waiting.</exception>
    public ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Lookup? lookup;
        bool isNew = false;
        lock (_gate)
        {
            ThrowIfDisposed();
            if (_answers.TryGetValue(host, out Answer? answer) && !IsOver(answer)) return new(answer.Addresses);
            if (!_lookups.TryGetValue(host, out lookup))
            {
                lookup = new(host, new CancellationTokenSource());
                _lookups.Add(host, lookup);
                isNew = true;
            }

            lookup.Waiting++;
        }

        if (isNew) _ = AskAsync(lookup);
        return WaitAsync(lookup, cancellationToken);
    }

    /// <summary>Cancels the lookups under way and ends all waiting.</summary>
    public void Dispose()
    {
        Lookup[] lookups;
        lock (_gate)
        {
            _isDisposed = true;
            lookups = [.. _lookups.Values];
            _lookups.Clear();
        }

        foreach (Lookup lookup in lookups)
        {
            lookup.Cancel();
            lookup.Outcome.TrySetResult(new([], Error: null));
        }
    }

    private async ValueTask<IPAddress[]> WaitAsync(Lookup lookup, CancellationToken cancellationToken)
    {
        try
        {
            (IPAddress[] addresses, Exception? error) = await lookup.Outcome.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (addresses.Length > 0) return addresses;

            ThrowIfDisposed();
            // Each waiter gets an exception of its own, for each belongs to a request of its own.
            throw error is null
                ? new NameResolutionException($"the host '{lookup.Host}' has no address.")
                : new NameResolutionException($"the host '{lookup.Host}' cannot be resolved: {Failure.Reason(error)}", error);
        }
        finally
        {
            Leave(lookup);
        }
    }

    private async Task AskAsync(Lookup lookup)
    {
        LookupOutcome outcome;
        try
        {
            outcome = new(Checked(await resolver.ResolveAsync(lookup.Host, lookup.Token).ConfigureAwait(false)), Error: null);
        }
        catch (Exception e)
        {
            outcome = new([], e);
        }

        lock (_gate)
        {
            // What nobody waits for any more is not kept either: another lookup may have answered since.
            if (IsUnderWay(lookup))
            {
                _lookups.Remove(lookup.Host);
                if (outcome.Addresses.Length > 0) Keep(new(lookup.Host, outcome.Addresses, time.GetTimestamp()));
            }
        }

        lookup.Outcome.TrySetResult(outcome);
    }

    private void Leave(Lookup lookup)
    {
        lock (_gate)
        {
            if (--lookup.Waiting > 0 || !IsUnderWay(lookup)) return;
            _lookups.Remove(lookup.Host);
        }

        lookup.Cancel();
    }

    private void Keep(Answer answer)
    {
        while (_oldestFirst.TryPeek(out Answer? oldest) && (_oldestFirst.Count >= Capacity || IsOver(oldest)))
            _answers.Remove(_oldestFirst.Dequeue().Host);

        _oldestFirst.Enqueue(answer);
        _answers[answer.Host] = answer;
    }

    private bool IsOver(Answer answer) => lifetime != Timeouts.Infinite && time.GetElapsedTime(answer.Since) >= lifetime;

    private bool IsUnderWay(Lookup lookup) => _lookups.TryGetValue(lookup.Host, out Lookup? current) && current == lookup;

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, typeof(Session));

    private static IPAddress[] Checked(IReadOnlyList<IPAddress> addresses)
    {
        var copy = new IPAddress[addresses.Count];
        for (int i = 0; i < copy.Length; i++)
        {
            IPAddress address = addresses[i] ?? throw new InvalidOperationException("the resolver gave null as an address.");
            copy[i] = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        }

        return copy;
    }

    private sealed record Answer(string Host, IPAddress[] Addresses, long Since);

    private readonly record struct LookupOutcome(IPAddress[] Addresses, Exception? Error);

    // The source has neither timer nor link, so there is nothing to dispose of.
    private sealed class Lookup(string host, CancellationTokenSource cancellation)
    {
        public string Host => host;

        public CancellationToken Token => cancellation.Token;

        /// <summary>Holds the failure as a value: a task that failed while nobody waits would be reported as unobserved.</summary>
        public TaskCompletionSource<LookupOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waiting { get; set; }

        // Not on this stack: what the resolver has registered is not to fail or delay who merely stopped waiting.
        public void Cancel() => _ = cancellation.CancelAsync();
    }
}
