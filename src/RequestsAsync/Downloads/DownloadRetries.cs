namespace RequestsAsync;

/// <summary>How often a part of a download is tried again: failures count while nothing new arrives between them. Not thread-safe.</summary>
internal sealed class DownloadRetries(Retry retry, TimeProvider time)
{
    // A connection that brought so much was a good one, and its loss says nothing about the next.
    private const long Plenty = 1 << 20;

    private int _failures;

    /// <summary>Waits until the next attempt is due.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="gained">How many bytes this attempt brought.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestException">The failure, when there is no other attempt.</exception>
    public async Task WaitAsync(RequestException failure, long gained, CancellationToken cancellationToken)
    {
        _failures = gained > 0 ? 1 : _failures + 1;
        Response? response = (failure as HttpStatusException)?.Response;
        TimeSpan? asked = failure is CircuitOpenException open ? open.RetryAfter
            : response is null ? null : RequestedWait.Of(response.StatusCode, response.Headers, time.GetUtcNow());
        TimeSpan wait = gained >= Plenty ? TimeSpan.Zero : BackOff.Wait(retry, _failures, asked, Random.Shared.NextDouble());
        if (!IsWorthIt(failure, response, wait) || _failures >= retry.Attempts) throw failure;

        await Pause.WaitAsync(wait, time, async: true, cancellationToken).ConfigureAwait(false);
    }

    private bool IsWorthIt(RequestException failure, Response? response, TimeSpan wait)
    {
        if (RetryRule.IsFinal(failure)) return false;
        if (retry.When?.Invoke(new RetryInfo(_failures + 1, response, failure) { Delay = wait }) is { } say) return say;
        if (response is not null) return RetryRule.AfterAnswer(retry, HttpMethod.Get, response.StatusCode).MayRetry;
        return failure is CircuitOpenException || RetryRule.AfterFailure(retry, HttpMethod.Get, failure).MayRetry;
    }
}
