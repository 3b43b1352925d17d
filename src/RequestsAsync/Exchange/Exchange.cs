using System.Runtime.ExceptionServices;

namespace RequestsAsync;

/// <summary>One call, from what was asked for to the response: prepare, send, follow redirects, read.</summary>
/// <remarks>
/// One loop for the awaited and the blocking verbs. With <c>async</c> false every call in it blocks and none is awaited incomplete.
/// </remarks>
internal sealed partial class Exchange
{
    private const int MaxTurns = 5; // how often connections that have just ended may be met

    private readonly Session _session;
    private readonly Request _request;
    private readonly bool _stream;
    private readonly bool _async;
    private readonly bool _inBatch;
    private readonly Hooks? _hooks;
    private PreparedRequest? _prepared;
    private Deadline? _deadline;
    private CookieJar? _callJar;
    private List<Response>? _history;
    private Sending? _sending;
    private Way _way;
    private int _attempts;

    private Exchange(Session session, Request request, bool stream, bool async, bool inBatch)
    {
        _session = session;
        _request = request;
        _stream = stream;
        _async = async;
        _inBatch = inBatch;
        _hooks = Hooks.Merge(session.Settings.Hooks, request.Extras?.HooksOrNull);
    }

    private SessionSettings Settings => _session.Settings;

    // Hooks, own schemes and foreign handlers may do with the token what they like.
    private bool KeepsTokenToItself => _session.Network is not null && Settings.Mounts is null && _hooks is null && (_prepared!.Auth is null or BasicAuth or BearerAuth or DigestAuth);

    private CookieJar Jar => _callJar ?? Settings.Cookies;

    /// <summary>Runs the whole call.</summary>
    /// <param name="session">Whose settings, cookies and connections are used.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="stream">Whether the body is left on its way.</param>
    /// <param name="async">Whether to wait without holding the thread.</param>
    /// <param name="inBatch">Whether a batch sends it, which bounds its requests itself.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public static ValueTask<Response> RunAsync(Session session, Request request, bool stream, bool async, bool inBatch, CancellationToken cancellationToken) =>
        new Exchange(session, request, stream, async, inBatch).RunAsync(cancellationToken);

    private async ValueTask<Response> RunAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Response? response = null;
        try
        {
            _prepared = Preparation.Prepare(Settings, _request, blocking: !_async);
            PhaseLimits limits = PhaseLimits();
            _deadline = Deadline.Start(limits, limits.Total(_stream), Settings.TimeProvider, mayPool: KeepsTokenToItself, _session.Stopping, cancellationToken);
            response = await FollowAsync().ConfigureAwait(false);
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
            Exception failure = Failure.Translate(e, _request, _prepared, _attempts, _deadline, _sending);
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

    private async ValueTask<Response> FollowAsync()
    {
        while (true)
        {
            Response response = await RetryAsync(_prepared!, _deadline!.Token).ConfigureAwait(false);
            if (!FollowsRedirects || !response.IsRedirect) return response;

            CancellationToken cancellationToken = _deadline.Token; // the retries may have renewed it

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

    // One request on the network, one response head back. The pool may hand out a connection that the server is closing at that very moment:
    // then the request goes once more, on a new one, if it does no harm twice.
    private async ValueTask<Response> SendAsync(PreparedRequest prepared, Headers headers, CancellationToken cancellationToken)
    {
        for (int i = 0; ; i++)
        {
            try
            {
                return await SendOnceAsync(prepared, headers, again: i > 0, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not (OperationCanceledException or CallerException or RequestException { Request: not null }) && !cancellationToken.IsCancellationRequested && GoesAgain(prepared, repetitions: i))
            {
                // Nobody has seen the request, or nobody minds seeing it twice.
            }
        }
    }

    private bool GoesAgain(PreparedRequest prepared, int repetitions)
    {
        if (_sending is null or { IsAnswered: true } || prepared.Body is { CanReplay: false }) return false;

        bool wasUnseen = _sending is { Connection: null, WasTurnedAway: true } && repetitions < MaxTurns;
        bool wasStale = _sending.IsReused && HttpMethods.IsIdempotent(prepared.Method);
        return wasUnseen || wasStale;
    }

    private async ValueTask<Response> SendOnceAsync(PreparedRequest prepared, Headers headers, bool again, CancellationToken cancellationToken)
    {
        RequestSpan? span = RequestSpan.Start(prepared, _attempts + 1);
        Sending sending = _sending = new(_deadline!, Settings.TimeProvider, prepared.Body is not null, span) { WantsNewConnection = again };
        Sending? outer = Sending.Current; // a hook or a source of content may send requests of its own
        bool isAnswered = false;
        HttpRequestMessage? message = null;
        HttpResponseMessage? answer = null;
        try
        {
            if (Settings.AddressPolicy is not null && _way.Proxy is not null) await JudgeAsync(prepared.Url, cancellationToken).ConfigureAwait(false);
            sending.Wait();
            sending.Admit(await _session.Gate.EnterAsync(prepared.Url, _inBatch, _async, cancellationToken).ConfigureAwait(false));
            if (!again) _attempts++;
            message = MakeMessage(prepared, headers, sending);
            Sending.Current = sending;
            answer = _async
                ? await _way.Transport.SendAsync(message, cancellationToken).ConfigureAwait(false)
                : _way.Transport.Send(message, cancellationToken);
            if (answer is null) throw new TransportException("the handler gave no response (null).");

            Sending.Current = outer;
            if (_way.IsNetwork) ResponseFraming.Check(answer);
            sending.HeadCame((int)answer.StatusCode, answer.Version, answer.Version.Major >= 2 ? _session.Network?.Connector.Open.NewestHttp2(prepared.Url.Host, prepared.Url.Port) : null);
            StoreCookies(prepared.Url, answer);
            Response response = new(Settings, _request, prepared, answer, sending) { Elapsed = Settings.TimeProvider.GetElapsedTime(sending.Started), Attempts = _attempts };
            isAnswered = true;
            return response;
        }
        catch (Exception) when (message?.Content is BodyContent { SourceFailure: { } source } && !cancellationToken.IsCancellationRequested)
        {
            sending.Fail(source, EndedBy.Caller);
            if (source is RequestException or CallerException) ExceptionDispatchInfo.Throw(source);
            throw new RequestException($"{prepared} failed: its content could not be read: {source.Message}", source) { Request = _request, Attempts = _attempts };
        }
        catch (Exception e) when (NoteFailure(e, prepared, sending))
        {
            throw;
        }
        finally
        {
            Sending.Current = outer;
            if (!isAnswered)
            {
                if (answer is not null) sending.Break();
                answer?.Dispose();
                sending.End();
            }
        }
    }

    // One connection to a proxy may carry requests for many hosts, and the proxy resolves their names itself: what they lead to from here must be allowed,
    // for each of them. It is as near as one gets.
    private async ValueTask JudgeAsync(Url url, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<System.Net.IPAddress>> resolving = _session.Network!.Connector.ResolveAsync(url.Host, url.Port, cancellationToken).AsTask();
        if (!_async) Blocking.Hold(resolving);
        await resolving.ConfigureAwait(false);
    }

    private HttpRequestMessage MakeMessage(PreparedRequest prepared, Headers headers, Sending sending)
    {
        HttpRequestMessage message = Messages.Make(prepared, headers, Jar, sending, blocking: !_async, _way.IsNetwork);
        message.Options.Set(Sending.Key, sending);
        RequestSpan.Propagate(message);
        if (_way.IsNetwork && (_way.Proxy is not null || Settings.Ways.KnowsProxies) && _way.Proxy?.Forwards(prepared.Url.Scheme) != true) message.Headers.Remove(AuthSide.Proxy.Credentials); // for a proxy that this request does not meet
        return message;
    }

    // A filter, so that the exception passes with its stack as it was.
    private bool NoteFailure(Exception e, PreparedRequest prepared, Sending sending)
    {
        sending.Fail(Failure.Translate(e, _request, prepared, _attempts, _deadline, sending), _deadline!.EndedBy);
        return false;
    }

    private void StoreCookies(Url url, HttpResponseMessage answer)
    {
        if (!answer.Headers.NonValidated.TryGetValues("Set-Cookie", out System.Net.Http.Headers.HeaderStringValues cookies)) return;

        // Without a jar of the session's the cookies still last from hop to hop, as in requests, where every such call has a session of its own.
        if (Settings.KeepsCookiesWithinCall) _callJar ??= new CookieJar(new() { TimeProvider = Settings.TimeProvider });
        foreach (string cookie in cookies)
            Jar.Store(url, cookie);
    }

    private PhaseLimits PhaseLimits()
    {
        if (_request.Extras?.Timeout is not { } own) return Settings.PhaseLimits;

        own.Check();
        return new PhaseLimits(Settings.Timeout, own);
    }
}
