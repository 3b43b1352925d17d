namespace RequestsAsync;

/// <summary>One call, from what was asked for to the response: prepare, send, follow redirects, read.</summary>
/// <remarks>
/// One loop for the awaited and the blocking verbs. With <c>async</c> false every call in it blocks and none is awaited incomplete.
/// </remarks>
internal sealed class Exchange
{
    // A redirect's own body is seldom looked at: as much of it is kept as fits in a page, more is let go with its connection.
    private const long KeptRedirectBytes = 64 << 10;

    private readonly Session _session;
    private readonly Request _request;
    private readonly bool _stream;
    private readonly bool _async;
    private PreparedRequest? _prepared;
    private List<Response>? _history;
    private int _attempts;

    private Exchange(Session session, Request request, bool stream, bool async)
    {
        _session = session;
        _request = request;
        _stream = stream;
        _async = async;
    }

    private SessionSettings Settings => _session.Settings;

    /// <summary>Runs the whole call.</summary>
    /// <param name="session">Whose settings, cookies and connections are used.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="stream">Whether the body is left on its way.</param>
    /// <param name="async">Whether to wait without holding the thread.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public static ValueTask<Response> RunAsync(Session session, Request request, bool stream, bool async, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new Exchange(session, request, stream, async).RunAsync(cancellationToken);
    }

    private async ValueTask<Response> RunAsync(CancellationToken cancellationToken)
    {
        TimeSpan total = TotalTimeout();
        Deadline deadline = Deadline.Start(total, Settings.TimeProvider, _session.Stopping, cancellationToken);
        bool handedOver = false;
        try
        {
            _prepared = Preparation.Prepare(Settings, _request, blocking: !_async);
            Response response = await FollowAsync(deadline.Token).ConfigureAwait(false);
            response.History = _history ?? (IReadOnlyList<Response>)[];
            if (_stream)
            {
                Stream body = await OpenBodyAsync(response.Message, deadline.Token).ConfigureAwait(false);
                deadline.ReleaseCaller();
                response.Attach(new ResponseStream(body, response, deadline));
                handedOver = true;
            }
            else
                await BufferAsync(response, deadline.Token).ConfigureAwait(false);

            return response;
        }
        catch (Exception e)
        {
            Exception failure = Failure.Translate(e, _request, _prepared, _attempts, deadline);
            if (failure == e) throw;
            throw failure;
        }
        finally
        {
            if (!handedOver) deadline.Stop();
        }
    }

    private async ValueTask<Response> FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Response response = await SendAsync(_prepared!, cancellationToken).ConfigureAwait(false);
            if (!FollowsRedirects || !response.IsRedirect) return response;

            try
            {
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

        // Several Location fields are one too many, and joined they are no URL (RFC 9110 §5.3); the first one is what browsers take.
        return RedirectRule.Follow(Settings, response.Prepared, response.StatusCode, response.Headers.GetValues("Location")[0]);
    }

    // One request on the network, one response head back.
    private async ValueTask<Response> SendAsync(PreparedRequest prepared, CancellationToken cancellationToken)
    {
        long started = Settings.TimeProvider.GetTimestamp();
        HttpRequestMessage message = Messages.Make(prepared, Settings.Cookies, blocking: !_async);
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
        return new Response(_request, prepared, answer) { Elapsed = Settings.TimeProvider.GetElapsedTime(started), Attempts = _attempts };
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
