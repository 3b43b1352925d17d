using System.Net;

namespace RequestsAsync;

/// <summary>What is known of one connection, told to every response that it brings.</summary>
internal sealed class Connection
{
    /// <summary>Whether it was counted as open, by a listener that must hear of its end.</summary>
    public bool IsCounted { get; set; }

    /// <summary>The stream that requests pass one after another; <see langword="null"/> where they share the connection, and once it is closed.</summary>
    public Http1Stream? Carrier { get; set; }

    /// <summary>The host of the requests that it carries.</summary>
    public required string Host { get; init; }

    /// <summary>The port that goes with the host.</summary>
    public required int Port { get; init; }

    /// <summary>How long the name's resolution took; zero for an address.</summary>
    public TimeSpan Dns { get; init; }

    /// <summary>How long connecting took, what a proxy needed to open the way included.</summary>
    public TimeSpan Connect { get; init; }

    /// <summary>How long the TLS handshake took; zero without one.</summary>
    public TimeSpan Tls { get; init; }

    /// <summary>When it was ready, as a timestamp of the session's clock.</summary>
    public long Opened { get; init; }

    /// <summary>The connection itself, where an event loop waits on it.</summary>
    public LoopSocketStream? OnLoop { get; init; }

    /// <summary>Who is at the other end: the server, or the proxy.</summary>
    public EndPoint? RemoteEndPoint { get; init; }

    /// <summary>What was agreed on in the TLS handshake with the origin.</summary>
    public TlsInfo? Security { get; init; }
}
