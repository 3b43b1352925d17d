using System.Runtime.ExceptionServices;

namespace RequestsAsync;

/// <summary>One call, from what was asked for to the response: prepare, send, follow redirects, read.</summary>
/// <remarks>
/// One loop for the awaited and the blocking verbs. With <c>async</c> false every call in it blocks and none is awaited incomplete.
/// </remarks>
internal sealed class Exchange
{
    // A redirect's own body is seldom looked at: as much of it is kept as fits in a page, more is let go with its connection.
    private const long KeptRedirectBytes = 64 << 10;

    private const int MaxSendings = 10;

    private readonly Session _session;
    private readonly Request _request;
    private readonly bool _stream;
    private readonly bool _async;
    private readonly Hooks? _hooks;
    private PreparedRequest? _prepared;
    private List<Response>? _history;
    private int _attempts;

    private Exchange(Session session, Request request, bool stream, bool async)
    {
        _session = session;
        _request = request;
        _stream = stream;
        _async = async;
        _hooks = Hooks.Merge(session.Settings.Hooks, request.Extras?.HooksOrNull);
    }

    private SessionSettings Settings => _session.Settings;

    /// <summary>Runs the whole call.</summary>
    /// <param name="session">Whose settings, cookies and connections are used.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="stream">Whether the body is left on its way.</param>
    /// <param name="async">Whether to wait without holding the thread.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public static ValueTask<Response> RunAsync(Session session, Request request, bool stream, bool async, CancellationToken cancellationToken) =>
        new Exchange(session, request, stream, async).RunAsync(cancellationToken);

    private async ValueTask<Response> RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Deadline? deadline = null;
        Response? response = null;
        try
        {
            _prepared = Preparation.Prepare(Settings, _request, blocking: !_async);
            deadline = Deadline.Start(TotalTimeout(), Settings.TimeProvider, _session.Stopping, cancellationToken);
            response = await FollowAsync(deadline.Token).ConfigureAwait(false);
            response.History = _history ?? (IReadOnlyList<Response>)[];
            if (_hooks?.OnResponse is { } onResponse) await CallAsync(onResponse, response, deadline.Token).ConfigureAwait(false);
            if (_stream)
            {
                Stream body = await OpenBodyAsync(response.Message, deadline.Token).ConfigureAwait(false);
                deadline.ReleaseCaller();
                response.Attach(new ResponseStream(body, response, deadline));
                deadline = null; // it ends with the stream
            }
            else
                await BufferAsync(response, deadline.Token).ConfigureAwait(false);

            return response;
        }
        catch (Exception e)
        {
            Exception failure = Failure.Translate(e, _request, _prepared, _attempts, deadline);
            response?.Dispose();
            if (_hooks?.OnError is { } onError && failure is RequestException known) await TellAsync(onError, known, cancellationToken).ConfigureAwait(false);
            if (failure == e) throw;
            if (e is CallerException) ExceptionDispatchInfo.Throw(failure);
            throw failure;
        }
        finally
        {
            deadline?.Stop();
        }
    }

    private async ValueTask<Response> FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Response response = await AuthorizeAndSendAsync(_prepared!, cancellationToken).ConfigureAwait(false);
            if (!FollowsRedirects || !response.IsRedirect) return response;

            try
            {
                if (_hooks?.OnRedirect is { } onRedirect) await CallAsync(onRedirect, response, cancellationToken).ConfigureAwait(false);
                PreparedRequest next = NextRequest(response);
                await KeepAsync(response, cancellationToken).ConfigureAwait(false);
                (_history ??= []).Add(response);
                _prepared = next;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
    }

    private bool FollowsRedirects => _request.Extras?.FollowRedirects ?? Settings.FollowRedirects;

    private PreparedRequest NextRequest(Response response)
    {
        if ((_history?.Count ?? 0) >= Settings.MaxRedirects)
        {
            throw new TooManyRedirectsException($"more than {Settings.MaxRedirects} redirects; the last led from {response.Url} to {response.Headers["Location"]}.")
            {
                Response = response,
            };
        }

        return response.Follow();
    }

    // One hop: sent once, or as often as its authentication asks for.
    private async ValueTask<Response> AuthorizeAndSendAsync(PreparedRequest prepared, CancellationToken cancellationToken)
    {
        Proxy? proxy = ProxyToAnswer(prepared);
        if (prepared.Auth is null && proxy is null && _hooks?.OnRequest is null) return await SendAsync(prepared, prepared.Headers, cancellationToken).ConfigureAwait(false);

        OutgoingRequest outgoing = new(_request, prepared, isBlocking: !_async);
        OutgoingRequest? toProxy = proxy is null ? null : outgoing.To(proxy.Url);
        while (true)
        {
            if (prepared.Auth is { } auth) await WithoutWaiting(auth.AuthorizeAsync(outgoing, cancellationToken)).ConfigureAwait(false);
            if (toProxy is not null) await WithoutWaiting(proxy!.Auth!.AuthorizeAsync(toProxy, cancellationToken)).ConfigureAwait(false);
            if (_hooks?.OnRequest is { } onRequest) await CallAsync(onRequest, outgoing, cancellationToken).ConfigureAwait(false);
            HeaderCheck.Check(outgoing.Headers);

            Response response = await SendAsync(prepared, outgoing.Headers, cancellationToken).ConfigureAwait(false);
            outgoing.Sendings++;
            try
            {
                bool again = toProxy is not null && await AsksAgainAsync(proxy!.Auth!, toProxy, response, cancellationToken).ConfigureAwait(false);
                again |= prepared.Auth is not null && await AsksAgainAsync(prepared.Auth, outgoing, response, cancellationToken).ConfigureAwait(false);
                if (!again || outgoing.Sendings == MaxSendings) return response;
                if (outgoing.Body is { CanReplay: false }) throw CannotSendAgain(response);
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
        Settings.Proxy is { Auth: not null } proxy && Proxy.Forwards(prepared.Url.Scheme) && !prepared.Headers.Contains(AuthSide.Proxy.Credentials) ? proxy : null;

    private async ValueTask<bool> AsksAgainAsync(Auth auth, OutgoingRequest outgoing, Response response, CancellationToken cancellationToken)
    {
        ValueTask<bool> asking = auth.ShouldSendAgainAsync(outgoing, response, cancellationToken);
        if (!_async && !asking.IsCompleted) throw WaitsWhileBlocking();
        bool again = await asking.ConfigureAwait(false);
        if (again) outgoing.Refusals++;
        return again;
    }

    private static BodyConsumedException CannotSendAgain(Response response) =>
        new($"the server answered {response.StatusCode} and authentication would send the content again, which came from a stream that can be read only once. Give a stream that can seek, or bytes.")
        {
            Response = response,
        };

    // What the caller's own code throws is the caller's; it passes as it is.
    private async ValueTask CallAsync<T>(Func<T, CancellationToken, ValueTask> hooks, T argument, CancellationToken cancellationToken)
    {
        try
        {
            await TellAsync(hooks, argument, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (OperationCanceledException or RequestException))
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

    // One request on the network, one response head back.
    private async ValueTask<Response> SendAsync(PreparedRequest prepared, Headers headers, CancellationToken cancellationToken)
    {
        long started = Settings.TimeProvider.GetTimestamp();
        HttpRequestMessage message = Messages.Make(prepared, headers, Settings.Cookies, blocking: !_async, _session.IsNetwork);
        if (Settings.Proxy is not null && !Proxy.Forwards(prepared.Url.Scheme)) message.Headers.Remove(AuthSide.Proxy.Credentials);
        _attempts = 1;
        HttpResponseMessage answer;
        try
        {
            answer = _async
                ? await _session.Transport.SendAsync(message, cancellationToken).ConfigureAwait(false)
                : _session.Transport.Send(message, cancellationToken);
        }
        catch (Exception e) when (message.Content is BodyContent { SourceFailure: { } source } && e is not OperationCanceledException)
        {
            throw new RequestException($"{prepared} failed: its content could not be read: {source.Message}", source) { Request = _request, Attempts = _attempts };
        }

        StoreCookies(prepared.Url, answer);
        return new Response(Settings, _request, prepared, answer) { Elapsed = Settings.TimeProvider.GetElapsedTime(started), Attempts = _attempts };
    }

    private void StoreCookies(Url url, HttpResponseMessage answer)
    {
        if (!answer.Headers.NonValidated.TryGetValues("Set-Cookie", out System.Net.Http.Headers.HeaderStringValues cookies)) return;

        foreach (string cookie in cookies)
            Settings.Cookies.Store(url, cookie);
    }

    private async ValueTask BufferAsync(Response response, CancellationToken cancellationToken)
    {
        Stream body = await OpenBodyAsync(response.Message, cancellationToken).ConfigureAwait(false);
        if (_async)
        {
            await response.BufferAsync(body, async: true, cancellationToken).ConfigureAwait(false);
            return;
        }

        // A blocking read takes no token: cancelling it means taking the connection away.
        using (cancellationToken.UnsafeRegister(static message => ((HttpResponseMessage)message!).Dispose(), response.Message))
            await response.BufferAsync(body, async: false, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask KeepAsync(Response redirect, CancellationToken cancellationToken)
    {
        if (redirect.Message.Content.Headers.ContentLength is not (null or > KeptRedirectBytes))
            await BufferAsync(redirect, cancellationToken).ConfigureAwait(false);
        else
            redirect.Dispose();
    }

    private async ValueTask<Stream> OpenBodyAsync(HttpResponseMessage message, CancellationToken cancellationToken)
    {
        // The network's own content opens without a task; any other may have to be written first.
        Stream raw = _async && !_session.IsNetwork
            ? await message.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false)
            : message.Content.ReadAsStream(cancellationToken);
        return ContentDecoding.Decode(raw, message.Content);
    }

    private TimeSpan TotalTimeout()
    {
        Timeouts? own = _request.Extras?.Timeout;
        own?.Check();
        return own?.Total ?? Settings.Timeout.Total ?? (_stream ? Timeouts.Infinite : DefaultTotal);
    }

    private static readonly TimeSpan DefaultTotal = TimeSpan.FromSeconds(100);
}
