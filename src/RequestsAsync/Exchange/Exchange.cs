using System.Runtime.ExceptionServices;

namespace RequestsAsync;

/// <summary>One call, from what was asked for to the response: prepare, send, follow redirects, read.</summary>
/// <remarks>
/// One loop for the awaited and the blocking verbs. With <c>async</c> false every call in it blocks and none is awaited incomplete.
/// </remarks>
internal sealed partial class Exchange
{
    private readonly Session _session;
    private readonly Request _request;
    private readonly bool _stream;
    private readonly bool _async;
    private readonly Hooks? _hooks;
    private PreparedRequest? _prepared;
    private Deadline? _deadline;
    private CookieJar? _callJar;
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

    // Hooks, own schemes and foreign handlers may do with the token what they like.
    private bool KeepsTokenToItself => _session.IsNetwork && _hooks is null && (_prepared!.Auth is null or BasicAuth or BearerAuth or DigestAuth);

    private CookieJar Jar => _callJar ?? Settings.Cookies;

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
        Response? response = null;
        try
        {
            _prepared = Preparation.Prepare(Settings, _request, blocking: !_async);
            _deadline = Deadline.Start(TotalTimeout(), Settings.TimeProvider, mayPool: KeepsTokenToItself, _session.Stopping, cancellationToken);
            response = await FollowAsync(_deadline.Token).ConfigureAwait(false);
            response.History = _history ?? (IReadOnlyList<Response>)[];
            if (_hooks?.OnResponse is { } onResponse) await ShowAsync(onResponse, response, _deadline.Token).ConfigureAwait(false);
            if (_stream)
                await HandOverAsync(response).ConfigureAwait(false);
            else
                await BufferAsync(response, _prepared!.MaxResponseBytes, _deadline.Token).ConfigureAwait(false);

            return response;
        }
        catch (Exception e)
        {
            Exception failure = Failure.Translate(e, _request, _prepared, _attempts, _deadline);
            response?.Dispose();
            if (_hooks?.OnError is { } onError && failure is RequestException known) await TellAsync(onError, known, cancellationToken).ConfigureAwait(false);
            if (failure == e) throw;
            if (e is CallerException) ExceptionDispatchInfo.Throw(failure);
            throw failure;
        }
        finally
        {
            _deadline?.Stop();
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
                if (_hooks?.OnRedirect is { } onRedirect) await ShowAsync(onRedirect, response, cancellationToken).ConfigureAwait(false);
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
            throw new TooManyRedirectsException($"more than {Settings.MaxRedirects} redirects; the last led from {response.Url} to {UrlText.Shown(response.Headers.GetValues("Location")[0])}.")
            {
                Response = response,
            };
        }

        return response.Follow();
    }

    // One request on the network, one response head back.
    private async ValueTask<Response> SendAsync(PreparedRequest prepared, Headers headers, int sending, CancellationToken cancellationToken)
    {
        long started = Settings.TimeProvider.GetTimestamp();
        HttpRequestMessage message = Messages.Make(prepared, headers, Jar, blocking: !_async, _session.IsNetwork);
        if (Settings.Proxy is { IsNone: false } proxy && !proxy.Forwards(prepared.Url.Scheme)) message.Headers.Remove(AuthSide.Proxy.Credentials);
        _attempts = sending;
        HttpResponseMessage answer;
        try
        {
            answer = _async
                ? await _session.Transport.SendAsync(message, cancellationToken).ConfigureAwait(false)
                : _session.Transport.Send(message, cancellationToken);
        }
        catch (Exception e) when (message.Content is BodyContent { SourceFailure: { } source } && e is not OperationCanceledException)
        {
            if (source is RequestException or CallerException) ExceptionDispatchInfo.Throw(source);
            throw new RequestException($"{prepared} failed: its content could not be read: {source.Message}", source) { Request = _request, Attempts = _attempts };
        }

        if (answer is null) throw new TransportException($"{prepared} failed: the handler gave no response (null).");
        if (_session.IsNetwork) ResponseFraming.Check(answer);
        StoreCookies(prepared.Url, answer);
        return new Response(Settings, _request, prepared, answer) { Elapsed = Settings.TimeProvider.GetElapsedTime(started), Attempts = _attempts };
    }

    private void StoreCookies(Url url, HttpResponseMessage answer)
    {
        if (!answer.Headers.NonValidated.TryGetValues("Set-Cookie", out System.Net.Http.Headers.HeaderStringValues cookies)) return;

        // Without a jar of the session's the cookies still last from hop to hop, as in requests, where every such call has a session of its own.
        if (Settings.KeepsCookiesWithinCall) _callJar ??= new CookieJar(new() { TimeProvider = Settings.TimeProvider });
        foreach (string cookie in cookies)
            Jar.Store(url, cookie);
    }

    private TimeSpan TotalTimeout()
    {
        Timeouts? own = _request.Extras?.Timeout;
        own?.Check();
        return own?.Total ?? Settings.Timeout.Total ?? (_stream ? Timeouts.Infinite : DefaultTotal);
    }

    private static readonly TimeSpan DefaultTotal = TimeSpan.FromSeconds(100);
}
