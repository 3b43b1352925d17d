namespace RequestsAsync.SideBySide;

/// <summary>Makes the clients by their names.</summary>
internal static class Peers
{
    /// <summary>Makes the client that is asked for.</summary>
    /// <exception cref="FormatException">There is none of this name.</exception>
    public static Peer Create(LoadSettings settings) => settings.Client switch
    {
        "requests" or "requests-loop" or "requests-sync" or "requests-parts" => new SessionPeer(settings),
        "invoker" => new InvokerPeer(settings),
        "httpclient" => new HttpClientPeer(settings, sendsSameFields: false),
        "httpclient-fields" => new HttpClientPeer(settings, sendsSameFields: true),
        "httpclient-default" => new DefaultHttpClientPeer(settings),
        "restsharp" => new RestSharpPeer(settings),
        "flurl" => new FlurlPeer(settings),
        _ => throw new FormatException($"There is no client {settings.Client}."),
    };
}
