namespace RequestsAsync;

/// <summary>The versions of HTTP that a handshake offers to the server (ALPN, RFC 7301).</summary>
internal enum AlpnOffer
{
    /// <summary>HTTP/1.1 alone: WebSockets, proxies, and who wants no other.</summary>
    Http11,

    /// <summary>HTTP/2, and HTTP/1.1 where the server does not speak it.</summary>
    Http2OrHttp11,

    /// <summary>HTTP/2, and no connection without it.</summary>
    Http2,
}
