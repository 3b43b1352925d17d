using System.Net;

namespace RequestsAsync;

/// <summary>Tells the transport which requests it hands to the proxy whole. It knows neither credentials nor tunnels: those are this library's work.</summary>
internal sealed class ForwardingProxy(Proxy proxy) : IWebProxy
{
    // As of a plain one also where it is not: the TLS to the proxy is the connection's matter, and the transport would begin it a second time.
    private readonly Uri _url = new UriBuilder("http", proxy.Host, proxy.Port).Uri;

    public ICredentials? Credentials
    {
        get => null;
        set => throw new NotSupportedException();
    }

    public Uri? GetProxy(Uri destination) => proxy.Forwards(destination.Scheme) ? _url : null;

    public bool IsBypassed(Uri host) => !proxy.Forwards(host.Scheme);
}
