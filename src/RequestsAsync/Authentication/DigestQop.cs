namespace RequestsAsync;

/// <summary>What a Digest response protects (RFC 7616 §3.3, <c>qop</c>).</summary>
internal enum DigestQop
{
    /// <summary>The challenge named none: the older formula of RFC 2069.</summary>
    None,

    /// <summary>The method and the target.</summary>
    Auth,

    /// <summary>The body as well.</summary>
    AuthInt,
}
