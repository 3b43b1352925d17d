namespace RequestsAsync;

/// <summary>RFC 6750 with a token that a source renews. A thousand requests that meet a 401 at once ask the source once.</summary>
internal sealed class RefreshingBearerAuth(Func<CancellationToken, ValueTask<string>> source) : Auth
{
    private readonly Lock _gate = new();
    private readonly AsyncLocal<TokenRenewal?> _asking = new(); // for what the source runs in this flow
    private string? _field;
    private TokenRenewal? _renewal;

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

        if (_asking.Value is { Field.IsCompleted: false }) throw new InvalidRequestException("The source of the bearer token sends its own request with the token that it is to bring: give that request Auth.None.");

        TokenRenewal renewal = Join(refused, out bool isFirst);
        if (isFirst) _ = AskAsync(renewal);
        else if (request.IsBlocking) Blocking.HoldUntil(renewal.Field, cancellationToken); // somebody else asks, on another thread

        return renewal.Field.IsCompletedSuccessfully ? Take(request, renewal) : AwaitAsync(request, renewal, cancellationToken);
    }

    protected internal override ValueTask<bool> ShouldSendAgainAsync(OutgoingRequest request, Response response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != request.Side.Status || request.State is not null) return new(false);

        request.State = request.Headers[request.Side.Credentials]; // what was refused, so that no other is renewed
        return new(true);
    }

    private static void Send(OutgoingRequest request, string field) => request.Headers[request.Side.Credentials] = field;

    private ValueTask Take(OutgoingRequest request, TokenRenewal renewal)
    {
        Leave(renewal);
        Send(request, Blocking.Complete(new ValueTask<string>(renewal.Field)));
        return ValueTask.CompletedTask;
    }

    private async ValueTask AwaitAsync(OutgoingRequest request, TokenRenewal renewal, CancellationToken cancellationToken)
    {
        try
        {
            Send(request, await renewal.Field.WaitAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            Leave(renewal);
        }
    }

    // Takes part in the renewal that is under way, or begins one.
    private TokenRenewal Join(string? refused, out bool isFirst)
    {
        lock (_gate)
        {
            isFirst = false;
            if (_field is { } field && field != refused) return TokenRenewal.Done(field); // another request has renewed it meanwhile
            isFirst = _renewal is null;
            _renewal ??= new();
            _renewal.Waiting++;
            return _renewal;
        }
    }

    // The source is asked for all who wait: one that gives up does not end it for the others, and the last that does ends it, so that the next request asks anew.
    private void Leave(TokenRenewal renewal)
    {
        lock (_gate)
        {
            if (--renewal.Waiting > 0 || renewal.Field.IsCompleted) return;
            if (_renewal == renewal) _renewal = null;
        }

        _ = renewal.StopAsync();
    }

    private async Task AskAsync(TokenRenewal renewal)
    {
        _asking.Value = renewal;
        try
        {
            string field = BearerAuth.FieldOf(await source(renewal.Stopping).ConfigureAwait(false));
            lock (_gate)
            {
                if (_renewal == renewal) (_field, _renewal) = (field, null); // otherwise nobody waits for it any more, and a newer one may be there
            }

            renewal.Succeed(field);
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                if (_renewal == renewal) _renewal = null; // the next request asks again
            }

            renewal.Fail(e is RequestException ? e : new RequestException($"the source of the bearer token failed: {e.Message}", e));
        }
    }
}
