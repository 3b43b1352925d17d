namespace RequestsAsync;

// One hop, as often as its retries allow.
internal sealed partial class Exchange
{
    private ValueTask<Response> HopAsync(PreparedRequest prepared)
    {
        _attempts = 0;
        _way = _session.WayTo(prepared);
        CancellationToken cancellationToken = _deadline!.Token;
        Retry? retry = _request.Extras?.Retry ?? Settings.Retry;
        return retry is null or { Attempts: 1 } ? AuthorizeAndSendAsync(prepared, cancellationToken) : RetryAsync(retry, prepared, cancellationToken);
    }

    private async ValueTask<Response> RetryAsync(Retry retry, PreparedRequest prepared, CancellationToken cancellationToken)
    {
        retry.Check();
        RetrySchedule schedule = RetrySchedule.Start(retry, _session.RetryBudget, Random.Shared.NextDouble, Settings.TimeProvider);
        while (true)
        {
            Response? response = null;
            RequestException? error = null;
            TimeSpan? wait;
            try
            {
                response = await AuthorizeAndSendAsync(prepared, cancellationToken).ConfigureAwait(false);
                if (ReadsBodyNow(response)) await BufferAsync(response, prepared.MaxResponseBytes, cancellationToken).ConfigureAwait(false);
                wait = schedule.Next(prepared, response);
            }
            catch (Exception e) when (Translated(e, prepared) is { } failure)
            {
                response?.Dispose();
                response = null;
                error = failure;
                wait = schedule.Next(prepared, error);
                if (wait is null || wait >= _deadline!.Remaining) throw Explained(error, schedule, wait);
                if (_deadline.IsOver) cancellationToken = (_deadline = _deadline.Renew()).Token; // a phase has passed its limit, not the call
            }
            catch
            {
                response?.Dispose();
                throw;
            }

            // The answer that is here is worth more than a timeout.
            if (wait is not { } pause || pause >= _deadline!.Remaining) return response!;

            await PauseAsync(prepared, new RetryInfo(_attempts + 1, response, error) { Delay = pause }, cancellationToken).ConfigureAwait(false);
        }
    }

    // A body that is cut off is as good a reason as a head that never came. A hook wants to see the response before its body.
    private bool ReadsBodyNow(Response response) => !_stream && _hooks?.OnResponse is null && !(FollowsRedirects && response.IsRedirect);

    private async ValueTask PauseAsync(PreparedRequest prepared, RetryInfo info, CancellationToken cancellationToken)
    {
        try
        {
            if (_hooks?.OnRetry is { } onRetry)
            {
                if (info.Response is { } shown) await AttachAsync(shown).ConfigureAwait(false);
                await CallAsync(onRetry, info, cancellationToken).ConfigureAwait(false);
            }

            if (info.Response is { } response) await KeepAsync(response, cancellationToken).ConfigureAwait(false); // the connection stays in use
        }
        finally
        {
            info.Response?.Dispose();
        }

        Telemetry.Retry(prepared);
        Log.Retries(Settings.Logger, prepared, info);
        await Pause.WaitAsync(info.Delay, Settings.TimeProvider, _async, cancellationToken).ConfigureAwait(false);
    }

    // Only failures of the request: what the caller's own code throws, and a cancellation, are nothing to repeat.
    private RequestException? Translated(Exception e, PreparedRequest prepared) =>
        e is CallerException ? null : Failure.Translate(e, _request, prepared, _attempts, _deadline, _sending) as RequestException;

    private static RequestException Explained(RequestException error, RetrySchedule schedule, TimeSpan? wait)
    {
        string? reason = wait is null ? schedule.Obstacle : $"the next attempt would have to wait {Failure.Seconds(wait.Value)}, beyond the total timeout";
        return reason is null ? error : Failure.WithNote(error, $" It was not sent again: {reason}.");
    }
}
