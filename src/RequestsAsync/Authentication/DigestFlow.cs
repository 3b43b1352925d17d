namespace RequestsAsync;

/// <summary>The Digest answers of one request to one URL, from the first sending to the last. Not thread-safe.</summary>
/// <remarks>
/// At most two challenges are answered: the first, and one that says the nonce of that answer had gone stale. A server that
/// refuses an answer otherwise refuses the credentials, and is not asked again.
/// </remarks>
internal sealed class DigestFlow
{
    private readonly DigestSessions _sessions;
    private readonly string _url;
    private readonly bool _isProxy;
    private bool _hasAnswered;
    private bool _hasRenewed;

    /// <param name="sessions">The user's sessions.</param>
    /// <param name="url">The URL of the request; for a proxy its own.</param>
    /// <param name="isProxy">True for <c>Proxy-Authenticate</c>, where <c>domain</c> means nothing (RFC 7616 §3.3).</param>
    public DigestFlow(DigestSessions sessions, string url, bool isProxy = false)
    {
        _sessions = sessions;
        _url = url;
        _isProxy = isProxy;
        Session = sessions.Find(url);
    }

    /// <summary>What authorizes the next sending; <see langword="null"/> while nothing is known of the server.</summary>
    public DigestSession? Session { get; private set; }

    /// <summary>Takes the challenges of a 401 or 407; true if the request should be sent again, with <see cref="Session"/>.</summary>
    public bool Accept(IReadOnlyList<Challenge> challenges)
    {
        DigestChallenge? challenge = DigestChallenge.Select(challenges);
        bool mayAnswer = challenge is not null && (!_hasAnswered || (challenge.IsStale && !_hasRenewed));
        if (!mayAnswer)
        {
            if (Session is not null) _sessions.Close(Session);
            return false;
        }

        _hasRenewed = _hasAnswered;
        _hasAnswered = true;
        DigestSession? refused = Session;
        Session = _sessions.Open(challenge!, ProtectionSpace.Of(_url, _isProxy ? null : challenge!.Domain));
        if (refused is not null && !ReferenceEquals(refused, Session)) _sessions.Close(refused);
        return true;
    }

    /// <summary>Takes the field value of <c>Authentication-Info</c> or <c>Proxy-Authentication-Info</c> of a success: the server may name its next nonce there.</summary>
    public void Inform(string authenticationInfo)
    {
        // RFC 7615 §3: parameters as those of a challenge, without a scheme.
        List<Challenge> parsed = ChallengeParser.Parse("Digest " + authenticationInfo);
        if (Session is not null
            && parsed is [var info, ..]
            && info.Find("nextnonce") is { Length: > 0 } nonce
            && DigestChallenge.IsEchoable(nonce))
        {
            _sessions.Advance(Session, nonce);
        }
    }
}
