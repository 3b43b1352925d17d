namespace RequestsAsync;

/// <summary>Decides everything about a request before anything is sent.</summary>
internal static class Preparation
{
    /// <summary>Reads like a table of contents: the method, the URL, the fields, the content, each checked.</summary>
    /// <exception cref="InvalidRequestException">One of them is not allowed.</exception>
    public static PreparedRequest Prepare(SessionSettings session, Request request, bool blocking)
    {
        if (request.Kept is { } kept && kept.Settings == session) return kept;
        if (request.Prepared is { } decided) return Check(session, decided, blocking);

        PreparedRequest prepared = Decide(session, request, blocking);

        // A request that says no more than its URL is always the same to its session. (A version may be refused to one caller and not to the next, a netrc file changes.)
        if (request.Extras is null && prepared.HttpVersion is null && session.ImpliedAuth is null) request.Kept = prepared;
        return prepared;
    }

    private static PreparedRequest Decide(SessionSettings session, Request request, bool blocking)
    {
        RequestOptions? options = request.Extras;

        HttpMethod method = MethodNames.Parse(request.Method);
        Url url = RequestUrl.Make(session.BaseAddress, request.Url, Parameters.Merge(session.Query, options?.QueryOrNull));

        // The content comes after the headers, since one set by hand may describe it and must then be true; the credentials come last, since
        // an Authorization field and the URL's user name have a say in them.
        Headers headers = PrepareHeaders(session, options?.HeadersOrNull);
        Body? body = BodyChoice.Make(options, headers, blocking);
        (body, headers) = CompressedBody.Compress(body, headers, options?.Compress ?? ContentCoding.None);
        BodyFraming.Check(headers, body);

        if (options?.MaxResponseBytes < 0) throw new InvalidRequestException($"MaxResponseBytes is {options.MaxResponseBytes}: it must be 0 or more.");

        return new PreparedRequest
        {
            Settings = session,
            Method = method,
            Url = url,
            Headers = headers,
            Body = body,
            ExpectContinue = options?.ExpectContinue ?? false,
            UploadProgress = options?.UploadProgress,
            Proxy = options?.Proxy,
            HttpVersion = PrepareVersion(options?.HttpVersion ?? session.HttpVersion, session, blocking),
            Cookies = PrepareCookies(options?.CookiesOrNull, headers),
            Auth = PrepareAuth(session, options, url, headers),
            MaxResponseBytes = options?.MaxResponseBytes ?? session.MaxResponseBytes,
            DefaultEncoding = options?.DefaultEncoding ?? session.DefaultEncoding,
        };
    }

    // What a redirect asks for was decided by this library, and may have been changed since.
    private static PreparedRequest Check(SessionSettings session, PreparedRequest decided, bool blocking)
    {
        HeaderCheck.Check(decided.Headers);
        BodyChoice.CheckUse(decided.Body, blocking);
        BodyFraming.Check(decided.Headers, decided.Body);
        PrepareCookies(decided.Cookies, decided.Headers);
        return decided.Settings == session ? decided : decided with { Settings = session };
    }

    private static Version? PrepareVersion(Version? version, SessionSettings session, bool blocking)
    {
        if (version is null) return null;

        HttpVersions.Check(version, session);
        if (blocking && version.Major > 1) throw new InvalidRequestException($"The blocking verbs speak HTTP/1.1 alone. For HTTP/{version.Major} use the verb that ends in Async.");
        return version;
    }

    private static Headers PrepareHeaders(SessionSettings session, Headers? own)
    {
        if (own is null) return session.Headers;

        HeaderCheck.Check(own);
        return Headers.Merge(session.Headers, own);
    }

    // In requests netrc beats a header that was set by hand; here what is nearer to the request wins.
    private static Auth? PrepareAuth(SessionSettings session, RequestOptions? options, Url url, Headers headers)
    {
        if (options?.Auth is { } own) return own;
        if (headers.Contains("Authorization")) return null;
        if (url.UserName is { } userName) return url.Password is { } password ? Auth.Basic(userName, password) : session.ImpliedAuth?.Find(url) ?? Auth.Basic(userName, "");
        return session.Auth ?? session.ImpliedAuth?.Find(url);
    }

    private static Dictionary<string, string>? PrepareCookies(Dictionary<string, string>? cookies, Headers headers)
    {
        if (cookies is not { Count: > 0 }) return null;
        if (headers.Contains("Cookie")) throw new InvalidRequestException("Both Cookies and a Cookie header are given. Choose one of them.");

        foreach ((string name, string value) in cookies)
        {
            if (name.AsSpan().IndexOfAnyExceptInRange('!', '~') is >= 0 and var at || (at = name.AsSpan().IndexOfAny('=', ';', ',')) >= 0)
                throw new InvalidRequestException($"The cookie name '{UrlText.Shown(name)}' has a character at position {at} that a cookie's name cannot have.");
            if (HeaderRules.ValueProblem(value) is { } badValue) throw new InvalidRequestException($"The value of the cookie '{name}' {badValue}.");
            if (value.Contains(';', StringComparison.Ordinal))
                throw new InvalidRequestException($"The value of the cookie '{name}' is not allowed: a semicolon would end it.");
        }

        return cookies;
    }
}
