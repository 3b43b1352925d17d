using System.Net;

namespace RequestsAsync;

// How the response came here.
public sealed partial class Response
{
    /// <summary>Where the time went.</summary>
    public Timings Timings => _readings?.Timings ?? TakeTimings();

    /// <summary>Who is at the other end of the connection: the server, or the proxy where there is one; <see langword="null"/> where the transport does not tell.</summary>
    public EndPoint? RemoteEndPoint => _sending?.Connection?.RemoteEndPoint;

    /// <summary>Whether the connection was there before this request. Over HTTP/2, where requests share one, it tells about the newest to that host.</summary>
    public bool ConnectionReused => _sending is { IsReused: true };

    /// <summary>What was agreed on in the TLS handshake with the server, its certificate included; <see langword="null"/> without TLS.</summary>
    public TlsInfo? Tls => _sending?.Connection?.Security;

    internal Sending? Sending => _sending;

    private Timings TakeTimings()
    {
        if (_sending is null) return new Timings { Total = Elapsed };

        Timings timings = _sending.ToTimings(_prepared.Settings.TimeProvider);
        if (_sending.Ended != 0) Readings.Timings = timings;
        return timings;
    }
}
