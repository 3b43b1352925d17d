namespace RequestsAsync;

// Credentials and hooks: what looks at a request before it goes and at its answer before the caller does.
internal sealed partial class Exchange
{
    private const int MaxSendings = 10;

    // One hop: sent once, or as often as its authentication asks for.
    private ValueTask<Response> AuthorizeAndSendAsync(PreparedRequest prepared, CancellationToken cancellationToken)
    {
        Proxy? proxy = ProxyToAnswer(prepared);
        return prepared.Auth is null && proxy is null && _hooks?.OnRequest is null
            ? SendAsync(prepared, prepared.Headers, repetitions: 0, cancellationToken)
            : AuthorizeAndSendAsync(prepared, proxy, cancellationToken);
    }

    private async ValueTask<Response> AuthorizeAndSendAsync(PreparedRequest prepared, Proxy? proxy, CancellationToken cancellationToken)
    {
        _started = 0; // authorizing may take its time
        OutgoingRequest outgoing = new(_request, prepared, isBlocking: !_async);
        OutgoingRequest? toProxy = proxy is null ? null : outgoing.To(proxy.Url);
        bool originAsks = true;
        while (true)
        {
            // To the proxy every sending is a new request, whoever asked for it; the origin has not seen those that the proxy refused.
            if (originAsks && prepared.Auth is { } auth) await AuthorizeAsync(auth, outgoing, cancellationToken).ConfigureAwait(false);
            if (toProxy is not null) await AuthorizeAsync(proxy!.Auth!, toProxy, cancellationToken).ConfigureAwait(false);
            if (_hooks?.OnRequest is { } onRequest) await CallAsync(onRequest, outgoing, cancellationToken).ConfigureAwait(false);
            HeaderCheck.Check(outgoing.Headers);
            BodyFraming.Check(outgoing.Headers, prepared.Body);

            Response response = await SendAsync(prepared, outgoing.Headers, repetitions: 0, cancellationToken).ConfigureAwait(false);
            outgoing.Sendings++;
            try
            {
                if (outgoing.Sendings == MaxSendings) return response;
                if (prepared.Auth is not null || toProxy is not null) await AttachAsync(response).ConfigureAwait(false);
                bool proxyAsks = toProxy is not null && await AsksAgainAsync(proxy!.Auth!, toProxy, response, cancellationToken).ConfigureAwait(false);
                originAsks = !proxyAsks && prepared.Auth is not null && await AsksAgainAsync(prepared.Auth, outgoing, response, cancellationToken).ConfigureAwait(false);
                if (!proxyAsks && !originAsks) return response;
                if (outgoing.Body is { CanReplay: false }) throw CannotSendAgain(response);
                if (_hooks?.OnRetry is { } onRetry) await CallAsync(onRetry, new RetryInfo(_attempts + 1, response, Error: null), cancellationToken).ConfigureAwait(false);
                await KeepAsync(response, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
    }

    // The proxy to whom this request shows credentials: one that forwards it. Inside a tunnel they would reach the origin. A field set by hand wins.
    private Proxy? ProxyToAnswer(PreparedRequest prepared) =>
        _way.Proxy is { Auth: not null } proxy && proxy.Forwards(prepared.Url.Scheme) && !prepared.Headers.Contains(AuthSide.Proxy.Credentials) ? proxy : null;

    private async ValueTask<bool> AsksAgainAsync(Auth auth, OutgoingRequest outgoing, Response response, CancellationToken cancellationToken)
    {
        try
        {
            ValueTask<bool> asking = auth.ShouldSendAgainAsync(outgoing, response, cancellationToken);
            if (!_async && !asking.IsCompleted) throw WaitsWhileBlocking();
            return await asking.ConfigureAwait(false);
        }
        catch (Exception e) when (IsCallers(e, cancellationToken))
        {
            throw new CallerException(e);
        }
    }

    private async ValueTask AuthorizeAsync(Auth auth, OutgoingRequest outgoing, CancellationToken cancellationToken)
    {
        try
        {
            await WithoutWaiting(auth.AuthorizeAsync(outgoing, cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception e) when (IsCallers(e, cancellationToken))
        {
            throw new CallerException(e);
        }
    }

    // An exception of an own scheme or of a hook, and not of this library or of a cancellation.
    private static bool IsCallers(Exception e, CancellationToken cancellationToken) => e switch
    {
        RequestException { Request: null } => false,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => true,
    };

    private static BodyConsumedException CannotSendAgain(Response response) =>
        new($"the server answered {response.StatusCode} and authentication would send the content again, which came from a stream that can be read only once. Give a stream that can seek, or bytes.")
        {
            Response = response,
        };

    // Shows a response to hooks, which may read its body.
    private async ValueTask ShowAsync(Func<Response, CancellationToken, ValueTask> hooks, Response response, CancellationToken cancellationToken)
    {
        await AttachAsync(response).ConfigureAwait(false);
        await CallAsync(hooks, response, cancellationToken).ConfigureAwait(false);
    }

    // What the caller's own code throws is the caller's; it passes as it is.
    private async ValueTask CallAsync<T>(Func<T, CancellationToken, ValueTask> hooks, T argument, CancellationToken cancellationToken)
    {
        try
        {
            await TellAsync(hooks, argument, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsCallers(e, cancellationToken))
        {
            throw new CallerException(e);
        }
    }

    private async ValueTask TellAsync<T>(Func<T, CancellationToken, ValueTask> hooks, T argument, CancellationToken cancellationToken)
    {
        foreach (Func<T, CancellationToken, ValueTask> hook in Delegate.EnumerateInvocationList(hooks))
            await WithoutWaiting(hook(argument, cancellationToken)).ConfigureAwait(false);
    }

    private ValueTask WithoutWaiting(ValueTask task) => _async || task.IsCompleted ? task : throw WaitsWhileBlocking();

    private static InvalidRequestException WaitsWhileBlocking() =>
        new("a hook, or the source of a token, has something to await, and a blocking call awaits nothing. Use the verb that ends in Async.");
}
