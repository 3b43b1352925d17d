namespace RequestsAsync;

/// <summary>RFC 6750 with a token that a source renews. A thousand requests that meet a 401 at once ask the source once.</summary>
internal sealed class RefreshingBearerAuth(Func<CancellationToken, ValueTask<string>> source) : Auth
{
    private readonly Lock _gate = new();
    private string? _field;
    private Task<string>? _renewal;

    internal override bool WorksAtProxies => true;

    public override string ToString() => "<Auth Bearer>";

    protected internal override ValueTask AuthorizeAsync(OutgoingRequest request, CancellationToken cancellationToken)
    {
        string? refused = request.State as string;
        if (_field is { } field && field != refused)
        {
            Send(request, field);
            return ValueTask.CompletedTask;
        }

        Task<string> renewal = RenewAsync(refused);
        if (!renewal.IsCompletedSuccessfully) return AwaitAsync(request, renewal, cancellationToken);

        Send(request, _field!);
        return ValueTask.CompletedTask;
    }

    protected internal override ValueTask<bool> ShouldSendAgainAsync(OutgoingRequest request, Response response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != request.Side.Status || request.State is not null) return new(false);

        request.State = request.Headers[request.Side.Credentials]; // what was refused, so that no other is renewed
        return new(true);
    }

    private static void Send(OutgoingRequest request, string field) => request.Headers[request.Side.Credentials] = field;

    private static async ValueTask AwaitAsync(OutgoingRequest request, Task<string> renewal, CancellationToken cancellationToken) =>
        Send(request, await renewal.WaitAsync(cancellationToken).ConfigureAwait(false));

    private Task<string> RenewAsync(string? refused)
    {
        TaskCompletionSource<string> mine;
        lock (_gate)
        {
            if (_field is { } field && field != refused) return Task.FromResult(field); // another request has renewed it meanwhile
            if (_renewal is not null) return _renewal;
            mine = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _renewal = mine.Task;
        }

        _ = AskAsync(mine);
        return mine.Task;
    }

    // The source is asked for all who wait, so the cancellation of one of them does not reach it.
    private async Task AskAsync(TaskCompletionSource<string> answer)
    {
        try
        {
            string field = BearerAuth.FieldOf(await source(CancellationToken.None).ConfigureAwait(false));
            lock (_gate)
            {
                _field = field;
                _renewal = null;
            }

            answer.SetResult(field);
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _renewal = null; // the next request asks again
            }

            answer.SetException(e is RequestException ? e : new RequestException($"the source of the bearer token failed: {e.Message}", e));
        }
    }
}
