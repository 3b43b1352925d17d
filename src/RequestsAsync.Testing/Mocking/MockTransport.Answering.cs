using System.Net.Sockets;

namespace RequestsAsync.Testing;

// One call, from its request to the head of its response, in the order in which a connection would have it.
public sealed partial class MockTransport
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        AnswerAsync(request, async: true, cancellationToken).AsTask();

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Blocking.Complete(AnswerAsync(request, async: false, cancellationToken));

    private async ValueTask<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, bool async, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        TransportRules.Check(request);
        cancellationToken.ThrowIfCancellationRequested();
        MockCall call = Record(request);
        MockRoute? route = RouteByHead(call, out bool needsBody);
        bool isReceived = false;
        if (route is null)
        {
            await ReceiveAsync(request, call, stalled: null, async, cancellationToken).ConfigureAwait(false);
            isReceived = true;
            route = (needsBody ? OfTest(request, () => RouteByAll(call)) : null) ?? throw UnmatchedText.Of(call, _routes);
        }

        ReplyStep step = _draw is { } draw && draw.Hits(call.Number) ? new ReplyStep(draw.Fault) : route.StepFor(call);
        if (step.Decided?.Fault is { Stage: < FaultStage.Answering } early) return await FailAsync(step.Decided, early, request, call, isReceived, async, cancellationToken).ConfigureAwait(false);

        bool isUnwanted = route.AnswersBeforeBody && request.Headers.ExpectContinue is true;
        if (!isReceived && !isUnwanted)
        {
            await ReceiveAsync(request, call, stalled: null, async, cancellationToken).ConfigureAwait(false);
            isReceived = true;
        }

        Reply reply = await MakeReplyAsync(step, request, call, async, cancellationToken).ConfigureAwait(false);
        if (reply.Fault is { } fault) return await FailAsync(reply, fault, request, call, isReceived, async, cancellationToken).ConfigureAwait(false);

        call.AnswerWith(reply);
        await Pause.WaitAsync(reply.Delay, _clock, async, cancellationToken).ConfigureAwait(false);
        return ResponseMessages.Make(reply, request, _clock, _hasClock ? _clock.GetUtcNow() : null);
    }

    private MockCall Record(HttpRequestMessage request)
    {
        Url url = Url.Parse(request.RequestUri!.AbsoluteUri);
        RecordedFields headers = WireFields.Of(request);
        DateTimeOffset now = _clock.GetUtcNow();
        lock (_gate)
        {
            MockCall call = new(_calls.Count + 1, request, url, headers, now);
            _calls.Add(call);
            return call;
        }
    }

    // The first that fits, unless it has to see the content first: then nothing is decided yet.
    private MockRoute? RouteByHead(MockCall call, out bool needsBody)
    {
        needsBody = false;
        foreach (MockRoute route in _routes)
        {
            if (!route.MatchesHead(call, out IReadOnlyDictionary<string, string> parameters)) continue;

            needsBody = route.NeedsBody;
            if (needsBody) return null;
            if (TryRoute(route, call, parameters)) return route;
        }

        return null;
    }

    private MockRoute? RouteByAll(MockCall call)
    {
        foreach (MockRoute route in _routes)
        {
            if (route.MatchesHead(call, out IReadOnlyDictionary<string, string> parameters) && route.MatchesBody(call) && TryRoute(route, call, parameters)) return route;
        }

        return null;
    }

    private static bool TryRoute(MockRoute route, MockCall call, IReadOnlyDictionary<string, string> parameters)
    {
        if (!route.TryTake(out int number)) return false;

        call.RouteTo(route, number, parameters);
        return true;
    }

    private static async ValueTask ReceiveAsync(HttpRequestMessage request, MockCall call, Action? stalled, bool async, CancellationToken cancellationToken)
    {
        if (request.Content is not { } content) return;

        ContentSink sink = new(WireFields.LengthOf(request), stalled, cancellationToken);
        await using (sink.ConfigureAwait(false))
        {
            try
            {
                if (async) await content.CopyToAsync(sink, cancellationToken).ConfigureAwait(false);
                else content.CopyTo(sink, context: null, cancellationToken);
            }
            catch (InvalidOperationException e)
            {
                throw new HttpRequestException("The request could not be sent.", e); // as the runtime's transport has it
            }

            call.Receive(sink.Complete());
        }
    }

    private static async ValueTask<Reply> MakeReplyAsync(ReplyStep step, HttpRequestMessage request, MockCall call, bool async, CancellationToken cancellationToken)
    {
        try
        {
            return await step.MakeAsync(call, async, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfTest(e, request))
        {
            throw new CallerException(e);
        }
    }

    private static T OfTest<T>(HttpRequestMessage request, Func<T> function)
    {
        try
        {
            return function();
        }
        catch (Exception e) when (IsOfTest(e, request))
        {
            throw new CallerException(e);
        }
    }

    // A session takes what is unknown to it for a failure of the transport; what the test's own code throws has to reach the test as it is.
    private static bool IsOfTest(Exception e, HttpRequestMessage request) =>
        request is SentMessage && e is not (RequestException or CallerException or HttpRequestException or IOException or SocketException or OperationCanceledException);

    private async ValueTask<HttpResponseMessage> FailAsync(Reply reply, Fault fault, HttpRequestMessage request, MockCall call, bool isReceived, bool async, CancellationToken cancellationToken)
    {
        OfTest(request, () => CheckFits(fault, request));
        call.AnswerWith(reply);
        await Pause.WaitAsync(reply.Delay, _clock, async, cancellationToken).ConfigureAwait(false);
        if (fault.Make(call.Url) is { } failure) throw failure;

        switch (fault.Stalls)
        {
            case TimeoutPhase.Connect or TimeoutPhase.Tls when request is SentMessage { Sending: { } sending }:
                throw await StalledConnection.FailAsync(sending, fault.Stalls.Value, call.Url, async, cancellationToken).ConfigureAwait(false);
            case TimeoutPhase.Write:
                // A route that looked at the content has read it already, and it may be there but once.
                Action stalled = () => (request as SentMessage)?.Sending?.WriteBegins();
                if (!isReceived) await ReceiveAsync(request, call, stalled, async, cancellationToken).ConfigureAwait(false);
                stalled();
                break;
        }

        await Standstill.UntilCancelledAsync(async, cancellationToken).ConfigureAwait(false);
        throw new OperationCanceledException(cancellationToken);
    }

    private static bool CheckFits(Fault fault, HttpRequestMessage request)
    {
        if (fault.Stage == FaultStage.Securing && request.RequestUri!.Scheme != Uri.UriSchemeHttps)
            throw new InvalidOperationException($"{fault} cannot happen to {request.Method} {ShownText.Url(request.RequestUri.AbsoluteUri)}: there is no TLS in it.");
        if (fault.Stage == FaultStage.Sending && request.Content is null)
            throw new InvalidOperationException($"{fault} cannot happen to {request.Method} {ShownText.Url(request.RequestUri!.AbsoluteUri)}: it has no content.");
        return true;
    }
}
