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

    private PhaseLimits PhaseLimits()
    {
        if (_request.Extras?.Timeout is not { } own) return Settings.PhaseLimits;

        own.Check();
        return new PhaseLimits(Settings.Timeout, own);
    }
}
