namespace RequestsAsync;

/// <summary>A request on its way out, as hooks and authentication see it: everything is decided, and its header fields may still be changed.</summary>
/// <remarks>It belongs to one hop of one call: a redirect makes another.</remarks>
public sealed class OutgoingRequest
{
    internal OutgoingRequest(Request request, PreparedRequest prepared, bool isBlocking)
    {
        Request = request;
        Prepared = prepared;
        Headers = prepared.Headers.Clone();
        IsBlocking = isBlocking;
    }

    // The same request, fields included, as it is shown to a proxy.
    private OutgoingRequest(OutgoingRequest toOrigin, Url proxy)
    {
        Request = toOrigin.Request;
        Prepared = toOrigin.Prepared;
        Headers = toOrigin.Headers;
        IsBlocking = toOrigin.IsBlocking;
        Proxy = proxy;
    }

    /// <summary>What the caller asked for.</summary>
    public Request Request { get; }

    /// <summary>The method of this hop.</summary>
    public string Method => Prepared.Method.Method;

    /// <summary>The URL of this hop. <see cref="Url.ToString"/> leaves user name and password out.</summary>
    public Url Url => Prepared.Url;

    /// <summary>The header fields that will be sent, but for <c>Host</c>, <c>Content-Length</c> and cookies, which come last. Changes are sent too.</summary>
    public Headers Headers { get; }

    /// <summary>The content, or <see langword="null"/> for none.</summary>
    public Body? Body => Prepared.Body;

    /// <summary>How many times this hop was sent already: 0 before the first.</summary>
    public int Sendings { get; internal set; }

    /// <summary>A place for an <see cref="Auth"/>'s own notes on this request.</summary>
    public object? State { get; set; }

    /// <summary>Whether a blocking verb sends it, so that nothing may be awaited.</summary>
    public bool IsBlocking { get; }

    internal PreparedRequest Prepared { get; }

    /// <summary>The proxy whose credentials this is about; <see langword="null"/> for those of the origin.</summary>
    internal Url? Proxy { get; }

    internal AuthSide Side => Proxy is null ? AuthSide.Origin : AuthSide.Proxy;

    /// <summary>The target that credentials cover. Through a proxy too that is the origin's form of it, as curl and browsers have it.</summary>
    internal string Target => Prepared.Method == HttpMethod.Connect ? ProxyTunnel.AuthorityOf(Url) : Url.PathAndQuery;

    /// <summary>The same request for the credentials of a proxy: it shares the fields, and has notes of its own.</summary>
    internal OutgoingRequest To(Url proxy) => new(this, proxy);

    /// <summary>Method and URL.</summary>
    public override string ToString() => Prepared.ToString();
}
