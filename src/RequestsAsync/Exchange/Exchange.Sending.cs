using System.Runtime.ExceptionServices;

namespace RequestsAsync;

// One sending: through the gate, over a connection, to the head of an answer.
internal sealed partial class Exchange
{
    private const int MaxTurns = 5; // how often connections that have just ended may be met

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
            Admission admission = await _session.Gate.EnterAsync(prepared.Url, _inBatch, _async, cancellationToken).ConfigureAwait(false);
            sending.Admit(admission, mayWait: MayWaitForOthers(prepared.Url));
            if (!again) _attempts++;
            message = MakeMessage(prepared, headers, sending);
            Sending.Current = sending;
            answer = _async
                ? await _way.Transport.SendAsync(message, cancellationToken).ConfigureAwait(false)
                : _way.Transport.Send(message, cancellationToken);
            if (answer is null) throw new TransportException("the handler gave no response (null).");

            Sending.Current = outer;
            if (_way.IsNetwork) ResponseFraming.Check(answer);
            sending.HeadCame((int)answer.StatusCode, answer.Version, answer.Version.Major >= 2 ? SharedConnection(prepared.Url) : null);
            StoreCookies(prepared.Url, answer);
            isAnswered = true;
            return new Response(Settings, _request, prepared, answer, sending) { Elapsed = Settings.TimeProvider.GetElapsedTime(sending.Started), Attempts = _attempts };
        }
        catch (Exception) when (message?.Content is BodyContent { SourceFailure: { } source } && !cancellationToken.IsCancellationRequested)
        {
            sending.Fail(source, EndedBy.Caller);
            throw OfSource(source, prepared);
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

    // What the content's own source threw: a failure of the caller's, and not of the network.
    private RequestException OfSource(Exception source, PreparedRequest prepared)
    {
        if (source is RequestException or CallerException) ExceptionDispatchInfo.Throw(source);
        return new RequestException($"{prepared} failed: its content could not be read: {source.Message}", source) { Request = _request, Attempts = _attempts };
    }

    // One connection to a proxy may carry requests for many hosts, and the proxy resolves their names itself: what they lead to from here must be allowed,
    // for each of them. It is as near as one gets.
    private async ValueTask JudgeAsync(Url url, CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<System.Net.IPAddress>> resolving = _session.Network!.Connector.ResolveAsync(url.Host, url.Port, cancellationToken).AsTask();
        if (!_async) Blocking.Hold(resolving);
        await resolving.ConfigureAwait(false);
    }

    private Connection? SharedConnection(Url url) => _session.Network?.Connector.Open.NewestHttp2(url.Host, url.Port);

    // Before there is an HTTP/2 connection to a host, all requests wait for the one that the first of them opens, and nobody tells them how far it is.
    private bool MayWaitForOthers(Url url) => _async && url.IsSecure && SharedConnection(url) is null;

    private HttpRequestMessage MakeMessage(PreparedRequest prepared, Headers headers, Sending sending)
    {
        HttpRequestMessage message = Messages.Make(prepared, headers, Jar, sending, blocking: !_async, _way.IsNetwork);
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
}
