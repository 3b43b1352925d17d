using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace RequestsAsync;

// One sending: through the gate, over a connection, to the head of an answer.
internal sealed partial class Exchange
{
    private const int MaxTurns = 5; // how often connections that have just ended may be met

    // One request on the network, one response head back. The pool may hand out a connection that the server is closing at that very moment:
    // then the request goes once more, if it does no harm twice: on a new one where one had died in carrying it. Who was turned away takes
    // whatever comes: to insist on a new connection would close each good one that is met.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Response> SendAsync(PreparedRequest prepared, Headers headers, int repetitions, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_async && _content is { IsGoingOn: true } content) await content.StopAsync(cancellationToken).ConfigureAwait(false); // over HTTP/2
            Sending sending = BeginSending(prepared, wantsNew: repetitions > 0 && !_sending!.WasTurnedAway);
            SentMessage? message = null;
            HttpResponseMessage? answer = null;
            Sending? outer = Sending.Current; // a hook or a source of content may send requests of its own
            bool isAnswered = false;
            try
            {
                if (Settings.AddressPolicy is not null && _way.Proxy is not null) await JudgeAsync(prepared.Url, cancellationToken).ConfigureAwait(false);
                if (!TryAdmit(sending, prepared.Url)) await AdmitAsync(sending, prepared.Url, cancellationToken).ConfigureAwait(false);
                if (repetitions == 0) _attempts++;
                message = MakeMessage(prepared, headers, Messages.CookiesFor(prepared, headers, Jar), sending);
                _content = message.Content as BodyContent;
                Sending? flowing = sending.NeedsFlow ? sending : null;
                if (flowing != outer) Sending.Current = flowing;
                answer = _async
                    ? await _way.Transport.SendAsync(message, cancellationToken).ConfigureAwait(false)
                    : _way.Transport.Send(message, cancellationToken);
                if (flowing != outer) Sending.Current = outer;
                Response response = TakeAnswer(prepared, answer, sending);
                isAnswered = true;
                return response;
            }
            catch (Exception) when (message?.Content is BodyContent { SourceFailure: { } source } && !cancellationToken.IsCancellationRequested)
            {
                sending.Fail(source, EndedBy.Caller);
                throw OfSource(source, prepared);
            }
            catch (Exception e) when (GoesAgain(e, prepared, repetitions, cancellationToken))
            {
                repetitions++; // nobody has seen the request, or nobody minds seeing it twice
            }
            finally
            {
                if (Sending.Current != outer) Sending.Current = outer;
                if (!isAnswered) EndUnanswered(sending, answer);
            }
        }
    }

    private static void EndUnanswered(Sending sending, HttpResponseMessage? answer)
    {
        if (answer is not null) sending.Break();
        answer?.Dispose();
        sending.End();
    }

    private Sending BeginSending(PreparedRequest prepared, bool wantsNew) =>
        _sending = new(_deadline!, prepared.Body is not null, RequestSpan.Start(prepared, _attempts + 1), TakeStart()) { WantsNewConnection = wantsNew };

    // The first sending begins when the call does, unless something else came first.
    private long TakeStart()
    {
        long started = _started != 0 ? _started : Settings.TimeProvider.GetTimestamp();
        _started = 0;
        return started;
    }

    // The usual case: there is room, and nothing to wait for.
    private bool TryAdmit(Sending sending, Url url)
    {
        if (_session.Gate.TryEnter(_inBatch) is not { } admission) return false;

        sending.Admit(admission, waited: null, MayWaitForOthers(url));
        return true;
    }

    private async ValueTask AdmitAsync(Sending sending, Url url, CancellationToken cancellationToken)
    {
        sending.Wait();
        Admission admission = await _session.Gate.EnterAsync(url, _inBatch, _async, cancellationToken).ConfigureAwait(false);
        sending.Admit(admission, Settings.TimeProvider.GetElapsedTime(sending.Started), MayWaitForOthers(url));
    }

    private Response TakeAnswer(PreparedRequest prepared, HttpResponseMessage? answer, Sending sending)
    {
        if (answer is null) throw new TransportException("the handler gave no response (null).");

        if (_way.IsNetwork && sending.PlainLength < 0) ResponseFraming.Check(answer);
        sending.HeadCame((int)answer.StatusCode, answer.Version, answer.Version.Major >= 2 ? SharedConnection(prepared.Url) : null);
        StoreCookies(prepared.Url, answer);
        if (_messageOf is not null && _message!.Sending == sending) answer.RequestMessage = null; // which may serve another before anybody looks at it
        return new Response(_request, prepared, answer, sending) { Attempts = _attempts };
    }

    // A filter, so that the exception passes with its stack as it was.
    private bool GoesAgain(Exception e, PreparedRequest prepared, int repetitions, CancellationToken cancellationToken)
    {
        Exception failure = Failure.Translate(e, _request, prepared, _attempts, _deadline, _sending);
        _sending!.Fail(failure, _deadline!.EndedBy);
        if (e is OperationCanceledException or CallerException or RequestException { Request: not null } || cancellationToken.IsCancellationRequested) return false;
        if (_sending.IsAnswered || prepared.Body is { CanReplay: false }) return false;

        bool wasUnseen = _sending is { Connection: null, WasTurnedAway: true } && failure is not (ConnectException or TlsException or ProxyException);
        bool wasStale = _sending.IsReused && MethodNames.IsIdempotent(prepared.Method);
        return (wasUnseen || wasStale) && repetitions < MaxTurns;
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

    private SentMessage MakeMessage(PreparedRequest prepared, Headers headers, string? cookies, Sending sending)
    {
        SentMessage message = Messages.Make(prepared, headers, cookies, sending, blocking: !_async, _way.IsNetwork);
        RequestSpan.Propagate(message);
        if (_way.IsNetwork && (_way.Proxy is not null || Settings.Ways.KnowsProxies) && _way.Proxy?.Forwards(prepared.Url.Scheme) != true) message.Headers.Remove(AuthSide.Proxy.Credentials); // for a proxy that this request does not meet
        return message;
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
