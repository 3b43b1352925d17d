using System.Net;
using System.Net.Quic;

namespace RequestsAsync;

/// <summary>The versions of HTTP, and which of them a request speaks.</summary>
internal static class HttpVersions
{
    /// <summary>Refuses a version that cannot be spoken.</summary>
    /// <exception cref="InvalidRequestException">There is no such version, or not here, or not with these settings.</exception>
    public static void Check(Version version, SessionSettings session)
    {
        if (version != HttpVersion.Version11 && version != HttpVersion.Version20 && version != HttpVersion.Version30)
            throw new InvalidRequestException($"HttpVersion is {version}: what can be spoken is 1.1, 2.0 and 3.0.");
        if (version.Major < 3) return;

        if (!IsQuicSupported()) throw new InvalidRequestException("HTTP/3 is not available here: it needs the library libmsquic and OpenSSL 3 on Linux, Windows 11 or Windows Server 2022.");
        if (session.NeedsOwnConnections) throw new InvalidRequestException("HTTP/3 makes its connections by itself: it goes with no proxy, no AddressPolicy, no Connection options and no TlsOptions.");
    }

    /// <summary>Tells the transport what to speak.</summary>
    public static void Apply(HttpRequestMessage message, PreparedRequest request, bool blocking)
    {
        message.Version = Of(request, blocking);
        message.VersionPolicy = request.HttpVersion is { Major: > 1 } ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower;
    }

    /// <summary>The version that the transport is told.</summary>
    public static Version Of(PreparedRequest request, bool blocking)
    {
        if (request.HttpVersion is { } version) return version;

        // HTTP/2 is agreed on by ALPN, so only where there is TLS; the blocking transport speaks HTTP/1.1 alone.
        return request.Url.IsSecure && !blocking ? HttpVersion.Version20 : HttpVersion.Version11;
    }

    private static bool IsQuicSupported() =>
        (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsWindows()) && QuicConnection.IsSupported;
}
