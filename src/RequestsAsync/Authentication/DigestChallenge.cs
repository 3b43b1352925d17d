namespace RequestsAsync;

/// <summary>A Digest challenge that can be answered (RFC 7616 §3.3).</summary>
internal sealed record DigestChallenge
{
    private const string Scheme = "Digest";

    private DigestChallenge(string realm, string nonce, DigestAlgorithm algorithm)
    {
        Realm = realm;
        Nonce = nonce;
        Algorithm = algorithm;
    }

    public string Realm { get; }

    public string Nonce { get; init; }

    public DigestAlgorithm Algorithm { get; }

    /// <summary>The algorithm as the server spelled it, or <see langword="null"/> where it left MD5 unsaid: the answer must say the same.</summary>
    public string? AlgorithmName { get; private init; }

    public string? Opaque { get; private init; }

    public DigestQop Qop { get; private init; }

    /// <summary>The URLs that the answer also serves, parted by white space; see <see cref="ProtectionSpace"/>.</summary>
    public string? Domain { get; private init; }

    /// <summary>True if only the nonce was at fault, and the credentials were right.</summary>
    public bool IsStale { get; private init; }

    /// <summary>True if the user's name is to be sent as a hash.</summary>
    public bool HashesUserName { get; private init; }

    /// <summary>The challenge to answer: of those that can be, the first with the strongest algorithm; <see langword="null"/> if none can.</summary>
    public static DigestChallenge? Select(IReadOnlyList<Challenge> challenges)
    {
        DigestChallenge? best = null;
        foreach (Challenge challenge in challenges)
        {
            if (TryRead(challenge) is { } candidate && (best is null || candidate.Algorithm.Strength > best.Algorithm.Strength))
                best = candidate;
        }

        return best;
    }

    /// <summary>False for a value that could end the field it is echoed into.</summary>
    public static bool IsEchoable(string value) =>
        !value.AsSpan().ContainsAnyInRange('\0', '\u001f') && !value.Contains('\u007f', StringComparison.Ordinal);

    private static DigestChallenge? TryRead(Challenge challenge)
    {
        if (!challenge.Is(Scheme)) return null;
        if (challenge.Find("realm") is not { } realm || !IsEchoable(realm)) return null;
        if (challenge.Find("nonce") is not { Length: > 0 } nonce || !IsEchoable(nonce)) return null;

        string? opaque = challenge.Find("opaque");
        if (opaque is not null && !IsEchoable(opaque)) return null;

        string? algorithmName = challenge.Find("algorithm");
        if (DigestAlgorithm.Find(algorithmName ?? "MD5") is not { } algorithm) return null;
        if (ReadQop(challenge.Find("qop")) is not { } qop) return null;

        return new(realm, nonce, algorithm)
        {
            AlgorithmName = algorithmName,
            Opaque = opaque,
            Qop = qop,
            Domain = challenge.Find("domain"),
            IsStale = IsTrue(challenge.Find("stale")),
            HashesUserName = IsTrue(challenge.Find("userhash")),
        };
    }

    /// <summary>The best of the offered qualities; <see langword="null"/> if all of them are unknown.</summary>
    /// <remarks>An empty list is no offer. <c>auth</c> is preferred, because <c>auth-int</c> reads the body twice.</remarks>
    private static DigestQop? ReadQop(string? offered)
    {
        if (string.IsNullOrWhiteSpace(offered)) return DigestQop.None;

        DigestQop? best = null;
        foreach (Range range in offered.AsSpan().SplitAny(", \t"))
        {
            ReadOnlySpan<char> name = offered.AsSpan(range);
            if (name.Equals("auth", StringComparison.OrdinalIgnoreCase)) return DigestQop.Auth;
            if (name.Equals("auth-int", StringComparison.OrdinalIgnoreCase)) best = DigestQop.AuthInt;
        }

        return best;
    }

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
