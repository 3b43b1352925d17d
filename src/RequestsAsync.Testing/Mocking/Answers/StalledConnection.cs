namespace RequestsAsync.Testing;

/// <summary>A connection that does not come about, within the limits of the session's call.</summary>
internal static class StalledConnection
{
    /// <summary>Waits for the limit of the phase, by the session's clock.</summary>
    /// <returns>What a session's own connections say then.</returns>
    internal static async ValueTask<RequestTimeoutException> FailAsync(Sending sending, TimeoutPhase phase, Url url, bool async, CancellationToken cancellationToken)
    {
        using CancellationTokenSource attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        sending.BeginAttempt(attempt);
        try
        {
            TimeSpan limit = sending.Limits?.Of(phase) ?? Timeout.InfiniteTimeSpan;
            if (limit == Timeout.InfiniteTimeSpan || sending.Deadline is not { } deadline)
            {
                await Standstill.UntilCancelledAsync(async, attempt.Token).ConfigureAwait(false);
                throw new OperationCanceledException(cancellationToken);
            }

            await Pause.WaitAsync(limit, deadline.Time, async, attempt.Token).ConfigureAwait(false);
            string what = phase == TimeoutPhase.Tls ? $"the TLS handshake with {url.Host} was not done" : $"no connection to {url.Authority}";
            return new RequestTimeoutException($"{what} within {Failure.Seconds(limit)}.", phase);
        }
        finally
        {
            sending.EndAttempt(attempt);
        }
    }
}
