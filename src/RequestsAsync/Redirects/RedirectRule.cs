namespace RequestsAsync;

/// <summary>What a redirect asks for, decided without sending anything (RFC 9110 §15.4).</summary>
internal static class RedirectRule
{
    // Credentials of the old origin, by whatever way they came in. Host is here because a Host set by hand names the old origin.
    private static readonly string[] OriginBound = ["Authorization", "Cookie", "Proxy-Authorization", "Host"];

    /// <summary>Whether a field is for the origin that it was set for alone, and goes along to no other.</summary>
    public static bool IsOriginBound(string name) => Array.Exists(OriginBound, bound => Headers.SameName(bound, name));

    /// <summary>Whether the status is one that is followed. 300, 304 and 305 are not: nothing says where to, nothing is there, nobody should.</summary>
    public static bool IsRedirect(int status) => status is 301 or 302 or 303 or 307 or 308;

    /// <summary>The request that follows a redirect.</summary>
    /// <exception cref="RedirectException">It cannot be followed.</exception>
    public static PreparedRequest Follow(SessionSettings session, PreparedRequest request, int status, string location)
    {
        Url url = RedirectUrl(request.Url, location);
        if (request.Url.IsSecure && !url.IsSecure && !session.AllowInsecureRedirects)
            throw new RedirectException($"The redirect leads from https to {url}, where everybody can read along. Set AllowInsecureRedirects to follow it.");

        HttpMethod method = RedirectMethod(request.Method, status);
        bool keepsBody = method == request.Method;
        if (keepsBody && request.Body is { CanReplay: false })
            throw new RedirectException($"The redirect ({status}) asks for the content again, and it came from a stream that can be read only once. Give a stream that can seek, or bytes.");

        return request with
        {
            Method = method,
            Url = url,
            Headers = RedirectHeaders(session, request, url, keepsBody),
            Body = keepsBody ? request.Body : null,
            Cookies = IsSameOrigin(request.Url, url) ? request.Cookies : null,
            Auth = IsSameOrigin(request.Url, url) || request.Auth is { IsBoundToOrigin: false } ? request.Auth : session.ImpliedAuth?.Find(url),
        };
    }

    // RFC 9110 §10.2.2: Location is a reference relative to the target URI, and inherits its fragment when it has none.
    private static Url RedirectUrl(Url from, string location)
    {
        Url url;
        try
        {
            url = from.Join(location);
            _ = url.ToUri(); // a host that the URL standard allows and no name server knows
        }
        catch (InvalidRequestException e)
        {
            throw new RedirectException($"The redirect's Location '{UrlText.Shown(location)}' cannot be used: {e.Message}", e);
        }

        if (url.Scheme is not ("http" or "https")) throw new RedirectException($"The redirect leads to {url}, and '{url.Scheme}' is no scheme that a request can follow.");
        return url.Fragment is null && from.Fragment is { } fragment ? url.WithFragment(fragment) : url;
    }

    // RFC 9110 §15.4.2-4: 301 and 302 turn POST into GET, as every browser does; 303 turns everything but HEAD.
    private static HttpMethod RedirectMethod(HttpMethod method, int status) => status switch
    {
        303 when method != HttpMethod.Head => HttpMethod.Get,
        301 or 302 when method == HttpMethod.Post => HttpMethod.Get,
        _ => method,
    };

    private static Headers RedirectHeaders(SessionSettings session, PreparedRequest request, Url to, bool keepsBody)
    {
        bool sameOrigin = IsSameOrigin(request.Url, to);

        // A Cookie set by hand was for the first hop; from here on the jar speaks (RFC 6265bis §5.8).
        if (sameOrigin && keepsBody && !request.Headers.Contains("Cookie")) return request.Headers;

        Headers kept = request.Headers.Clone();
        kept.Remove("Cookie");
        if (!sameOrigin)
        {
            foreach (string name in OriginBound)
                kept.Remove(name);
            foreach (string name in session.SensitiveHeaders)
                kept.Remove(name);
        }

        if (!keepsBody) RemoveContentFields(kept);
        return kept;
    }

    private static void RemoveContentFields(Headers headers)
    {
        foreach ((string name, _) in headers.ToArray())
        {
            if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) || Headers.SameName(name, "Transfer-Encoding")) headers.Remove(name);
        }
    }

    /// <summary>Same scheme, host and port. From http:80 to https:443 of one host counts as the same: it is the move to TLS that requests allows too.</summary>
    internal static bool IsSameOrigin(Url from, Url to)
    {
        if (from.Host != to.Host) return false;
        if (from.Scheme == to.Scheme && from.Port == to.Port) return true;
        return from is { Scheme: "http", Port: 80 } && to is { Scheme: "https", Port: 443 };
    }
}
