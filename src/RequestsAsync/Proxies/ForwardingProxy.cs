using System.Net;

namespace RequestsAsync;

/// <summary>Tells the transport which requests it hands to the proxy whole. It knows neither credentials nor tunnels: those are this library's work.</summary>
internal sealed class ForwardingProxy(Proxy proxy) : IWebProxy
{
    private readonly Uri _url = proxy.Url.ToUri();

    public ICredentials? Credentials
    {
        get => null;
        set => throw new NotSupportedException();
    }

    public Uri? GetProxy(Uri destination) => Proxy.Forwards(destination.Scheme) ? _url : null;

    public bool IsBypassed(Uri host) => !Proxy.Forwards(host.Scheme);
}
