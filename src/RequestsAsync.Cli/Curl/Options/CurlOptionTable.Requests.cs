namespace RequestsAsync.Cli;

// What a request says.
internal static partial class CurlOptionTable
{
    private static CurlOption[] Requests =>
    [
        Value("url", null, static (o, v) => o.Urls.Add(v)),
        Value("url-query", null, static (o, v) => o.UrlQueries.Add(v)),
        Value("proto-default", null, static (o, v) => o.DefaultScheme = CurlValue.Scheme(v)),
        Flag("globoff", 'g', static (o, on) => o.NoGlobbing = on),
        Flag("path-as-is", null, static (o, on) => o.PathAsIs = on),
        Flag("next", ':', static (_, _) => { }),
        Value("config", 'K', static (_, _) => { }),

        Value("request", 'X', static (o, v) => o.Method = v),
        Flag("get", 'G', static (o, on) => o.SendsDataInUrl = on),
        Flag("head", 'I', static (o, on) => o.Head = on),

        Value("data", 'd', static (o, v) => o.Data.Add(new(CurlDataKind.Ascii, v))),
        Value("data-ascii", null, static (o, v) => o.Data.Add(new(CurlDataKind.Ascii, v))),
        Value("data-raw", null, static (o, v) => o.Data.Add(new(CurlDataKind.Raw, v))),
        Value("data-binary", null, static (o, v) => o.Data.Add(new(CurlDataKind.Binary, v))),
        Value("data-urlencode", null, static (o, v) => o.Data.Add(new(CurlDataKind.UrlEncoded, v))),
        Value("json", null, static (o, v) =>
        {
            o.IsJson = true;
            o.Data.Add(new(CurlDataKind.Json, v));
        }),
        Value("form", 'F', static (o, v) => o.Form.Add(new(v, IsLiteral: false))),
        Value("form-string", null, static (o, v) => o.Form.Add(new(v, IsLiteral: true))),
        Value("upload-file", 'T', static (o, v) => o.Uploads.Add(v)),

        Value("header", 'H', static (o, v) => o.Headers.Add(v)),
        Value("proxy-header", null, static (o, v) => o.ProxyHeaders.Add(v)),
        Value("user-agent", 'A', static (o, v) => o.UserAgent = v),
        Value("referer", 'e', static (o, v) =>
        {
            o.NamesReferers = v.EndsWith(";auto", StringComparison.Ordinal);
            o.Referer = o.NamesReferers ? v[..^";auto".Length] : v;
        }),
        Value("cookie", 'b', static (o, v) => o.Cookies.Add(v)),
        Value("cookie-jar", 'c', static (o, v) => o.CookieJar = v),
        Flag("junk-session-cookies", 'j', static (o, on) => o.DropsSessionCookies = on),
        Value("range", 'r', static (o, v) => o.Range = v),
        Value("continue-at", 'C', static (o, v) => o.ContinueAt = v == "-" ? v : CurlValue.Number(v).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Value("time-cond", 'z', static (o, v) => o.TimeCondition = v),
        Value("etag-compare", null, static (o, v) => o.EtagCompare = v),
        Value("etag-save", null, static (o, v) => o.EtagSave = v),
        Flag("compressed", null, static (o, on) => o.Compressed = on),

        Value("user", 'u', static (o, v) => o.User = v),
        Flag("basic", null, static (o, on) => o.AuthScheme = on ? CurlAuthScheme.Basic : o.AuthScheme),
        Flag("digest", null, static (o, on) => o.AuthScheme = on ? CurlAuthScheme.Digest : CurlAuthScheme.Basic),
        Flag("anyauth", null, static (o, on) => o.AuthScheme = on ? CurlAuthScheme.Any : CurlAuthScheme.Basic),
        Value("oauth2-bearer", null, static (o, v) => o.BearerToken = v),
        Flag("netrc", 'n', static (o, on) => o.Netrc = on ? o.Netrc ?? "" : null),
        Flag("netrc-optional", null, static (o, on) => o.Netrc = on ? o.Netrc ?? "" : null),
        Value("netrc-file", null, static (o, v) => o.Netrc = v),
    ];
}
