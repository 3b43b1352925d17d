using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace RequestsAsync;

/// <summary>One call, from what was asked for to the response: prepare, send, follow redirects, read.</summary>
/// <remarks>
/// One loop for the awaited and the blocking verbs. With <c>async</c> false every call in it blocks and none is awaited incomplete.
/// </remarks>
internal sealed partial class Exchange
{
    private Session _session = null!; // until it is given back
    private Request _request = null!;
    private bool _stream;
    private bool _async;
    private bool _inBatch;
    private Hooks? _hooks;
    private PreparedRequest? _prepared;
    private Deadline? _deadline;
    private Deadline? _spare; // of the call before
    private CookieJar? _callJar;
    private List<Response>? _history;
    private Sending? _sending;
    private BodyContent? _content; // what the last sending has sent, or still sends
    private Way _way;
    private long _started;
    private int _attempts;
    private SentMessage? _message; // of the plain request under way; between two calls one that may serve again
    private PreparedRequest? _messageOf; // what that was made for
    private bool _mayKeepMessage;

    private Exchange()
    {
    }

    private SessionSettings Settings => _session.Settings;

    // Hooks, own schemes, sources of content, rate limiters and foreign handlers may do with the token what they like.
    private bool KeepsTokenToItself => _session.IsNetwork && Settings.Mounts is null && Settings.Limits.RateLimit is null && _hooks is null && (_prepared!.Body is null or BytesBody) && (_prepared!.Auth is null or BasicAuth or BearerAuth or DigestAuth);

    private CookieJar Jar => _callJar ?? Settings.Cookies;

    /// <summary>Runs the whole call.</summary>
    /// <param name="session">Whose settings, cookies and connections are used.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="stream">Whether the body is left on its way.</param>
    /// <param name="async">Whether to wait without holding the thread.</param>
    /// <param name="inBatch">Whether a batch sends it, which bounds its requests itself.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public static ValueTask<Response> RunAsync(Session session, Request request, bool stream, bool async, bool inBatch, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<Response>(cancellationToken)
            : Take(session, request, stream, async, inBatch).RunAsync(cancellationToken);

    private static Exchange Take(Session session, Request request, bool stream, bool async, bool inBatch)
    {
        Exchange exchange = session.Exchanges.Take() ?? new Exchange();
        exchange._session = session;
        exchange._request = request;
        exchange._stream = stream;
        exchange._async = async;
        exchange._inBatch = inBatch;
        exchange._hooks = Hooks.Merge(session.Settings.Hooks, request.Extras?.HooksOrNull);
        return exchange;
    }

    // The call is over, and nobody else knows of this object: it serves the next one.
    private void GiveBack()
    {
        Session session = _session;
        _session = null!;
        _request = null!;
        _hooks = null;
        _prepared = null;
        _deadline = null;
        _callJar = null;
        _history = null;
        _sending = null;
        _content = null;
        _way = default;
        _started = _attempts = 0;
        RestMessage();
        if (!session.Exchanges.TryKeep(this) && _spare is not null) session.Deadlines.Keep(_spare);
    }

    private Deadline StartDeadline(PhaseLimits limits, CancellationToken cancellationToken)
    {
        if (_spare is not { } deadline) return _session.Deadlines.Start(limits, limits.Total(_stream), KeepsTokenToItself, _started, cancellationToken);

        _spare = null;
        deadline.Start(limits, limits.Total(_stream), KeepsTokenToItself, _started, cancellationToken);
        return deadline;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Response> RunAsync(CancellationToken cancellationToken)
    {
        Response? response = null;
        try
        {
            PreparedRequest prepared = Begin(cancellationToken);
            if (TryBeginPlain(prepared))
            {
                // The usual request goes from here, without the layers that it has no use for.
                HttpResponseMessage? answer = null;
                try
                {
                    answer = await SendPlainAsync(prepared).ConfigureAwait(false);
                    response = TakeAnswer(prepared, answer, _sending!);
                }
                catch (Exception e) when (GoesAgain(e, prepared, repetitions: 0, _deadline!.Token))
                {
                    // Below.
                }
                finally
                {
                    EndPlain(answer, isAnswered: response is not null);
                }

                response ??= await SendAsync(prepared, prepared.Headers, repetitions: 1, _deadline!.Token).ConfigureAwait(false);
            }

            while (true)
            {
                response ??= await HopAsync(_prepared!).ConfigureAwait(false);
                if (!FollowsRedirects || !response.IsRedirect) break;
                await FollowAsync(response).ConfigureAwait(false);
                response = null;
            }

            await DeliverAsync(response).ConfigureAwait(false);
            _mayKeepMessage = response.HasBody && response.Sending == _message?.Sending;
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
            if (_deadline?.TryStop() == true) _spare = _deadline;
            GiveBack();
        }
    }

    private PreparedRequest Begin(CancellationToken cancellationToken)
    {
        _prepared = Preparation.Prepare(Settings, _request, blocking: !_async);
        PhaseLimits limits = PhaseLimits();
        _started = Settings.TimeProvider.GetTimestamp();
        _deadline = StartDeadline(limits, cancellationToken);
        if (_async && EventLoop.Current is { PollsSockets: true } loop) _deadline.Loop = loop; // a call that blocks the loop's thread cannot wait for the loop
        return _prepared;
    }

    // The last answer as the caller gets it: with its body in memory, or on its way.
    private ValueTask DeliverAsync(Response response)
    {
        if (_history is not null) response.History = _history;
        return _stream || _hooks?.OnResponse is not null
            ? ShowAndDeliverAsync(response)
            : BufferAsync(response, _prepared!.MaxResponseBytes, _deadline!.Token);
    }

    private async ValueTask ShowAndDeliverAsync(Response response)
    {
        if (_hooks?.OnResponse is { } onResponse) await ShowAsync(onResponse, response, _deadline!.Token).ConfigureAwait(false);
        if (_stream)
            await HandOverAsync(response).ConfigureAwait(false);
        else
            await BufferAsync(response, _prepared!.MaxResponseBytes, _deadline!.Token).ConfigureAwait(false);
    }

    // From a redirect to the request that it asks for.
    private async ValueTask FollowAsync(Response response)
    {
        CancellationToken cancellationToken = _deadline!.Token; // the retries may have renewed it

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

    private PhaseLimits PhaseLimits()
    {
        if (_request.Extras?.Timeout is not { } own) return Settings.PhaseLimits;

        own.Check();
        return new PhaseLimits(Settings.Timeout, own);
    }
}
