using System.Threading.RateLimiting;

namespace RequestsAsync;

/// <summary>Holds the sendings of a session to its <see cref="RateLimit"/>.</summary>
internal sealed class RateGate
{
    private readonly RateLimit _limit;
    private readonly Lock _gate = new();
    private readonly OriginTable<SteadyRateLimiter> _limiters;

    /// <summary>Nothing has been sent yet.</summary>
    /// <param name="limit">The limit, checked.</param>
    /// <param name="time">The clock of the library's own limiters.</param>
    public RateGate(RateLimit limit, TimeProvider time)
    {
        _limit = limit;
        _limiters = new(_ => new SteadyRateLimiter(limit.PerSecond, limit.Burst, time), static limiter => limiter.IdleDuration is not null);
    }

    /// <summary>How many limiters there are: one for each host that is remembered, or one for all.</summary>
    public int Limiters
    {
        get
        {
            lock (_gate)
            {
                return _limiters.Count;
            }
        }
    }

    /// <summary>Waits until a request may be sent.</summary>
    /// <param name="url">Its URL.</param>
    /// <param name="async">Whether to wait without holding the thread; otherwise what comes back is complete.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The permit, to be disposed when the sending is over.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="RateLimitException">The user's own limiter refused.</exception>
    /// <exception cref="CallerException">The user's own limiter failed.</exception>
    public ValueTask<RateLimitLease> EnterAsync(Url url, bool async, CancellationToken cancellationToken)
    {
        if (_limit.Limiter is { } own) return AskAsync(own, url, async, cancellationToken);

        string whose = _limit.PerHost ? url.Origin : "";
        SteadyRateLimiter limiter;
        lock (_gate)
        {
            // Who is in line is not forgotten as idle; so this is one step with the look-up.
            limiter = _limiters.GetOrAdd(whose);
            if (limiter.TryAcquireOrQueue(permits: 1)) return new(SteadyLease.Granted);
        }

        return limiter.WaitAsync(permits: 1, async, cancellationToken);
    }

    private static async ValueTask<RateLimitLease> AskAsync(object limiter, Url url, bool async, CancellationToken cancellationToken)
    {
        RateLimitLease lease;
        try
        {
            Task<RateLimitLease> asking = limiter is RateLimiter one
                ? one.AcquireAsync(permitCount: 1, cancellationToken).AsTask()
                : ((PartitionedRateLimiter<Url>)limiter).AcquireAsync(url, permitCount: 1, cancellationToken).AsTask();
            if (!async) Blocking.Hold(asking); // limiters have no blocking way of waiting
            lease = await asking.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new CallerException(e);
        }

        if (lease.IsAcquired) return lease;
        using (lease)
        {
            throw lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait)
                ? new RateLimitException($"the rate limiter refused it, and says to try again in {Failure.Seconds(wait)}.", wait)
                : new RateLimitException("the rate limiter refused it. Send less at once, or let the limiter queue.", retryAfter: null);
        }
    }
}
