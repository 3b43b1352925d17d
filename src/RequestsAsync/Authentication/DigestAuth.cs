using System.Security.Cryptography;

namespace RequestsAsync;

/// <summary>RFC 7616, on top of the flow that knows no network.</summary>
internal sealed class DigestAuth(string userName, string password) : Auth
{
    private readonly DigestSessions _sessions = new(new UserCredentials(userName, password), NewCnonce);

    internal UserCredentials Credentials { get; } = new(userName, password);

    internal override bool WorksAtProxies => true;

    public override string ToString() => "<Auth Digest>";

    protected internal override async ValueTask AuthorizeAsync(OutgoingRequest request, CancellationToken cancellationToken)
    {
        DigestFlow flow = FlowOf(request);
        if (flow.Session is not { } session) return;

        string? bodyHash = session.NeedsBodyHash ? await HashAsync(session.Algorithm, request, cancellationToken).ConfigureAwait(false) : null;
        request.Headers[request.Side.Credentials] = session.Authorize(request.Method, request.Target, bodyHash);
    }

    protected internal override ValueTask<bool> ShouldSendAgainAsync(OutgoingRequest request, Response response, CancellationToken cancellationToken)
    {
        DigestFlow flow = FlowOf(request);
        if (response.StatusCode == request.Side.Status) return new(flow.Accept(ChallengeParser.Parse(response.Headers.GetValues(request.Side.Challenge))));

        if (response.Headers[request.Side.Info] is { } info) flow.Inform(info);
        return new(false);
    }

    private static ValueTask<string> HashAsync(DigestAlgorithm algorithm, OutgoingRequest request, CancellationToken cancellationToken)
    {
        if (request.Body is not { } body) return new(algorithm.Hash([]));
        if (!body.CanReplay) throw new BodyConsumedException("the server asks for a hash of the content (qop=auth-int), and the content can be read only once. Give bytes, or a stream that can seek.");
        return algorithm.HashAsync(body, request.IsBlocking, cancellationToken);
    }

    private static string NewCnonce() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private DigestFlow FlowOf(OutgoingRequest request)
    {
        if (request.State is DigestFlow flow) return flow;

        flow = new DigestFlow(_sessions, (request.Proxy ?? request.Url).WithoutUserInfo().WithFragment(null).Href, request.Proxy is not null);
        request.State = flow;
        return flow;
    }
}
