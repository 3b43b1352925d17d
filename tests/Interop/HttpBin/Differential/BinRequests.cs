namespace RequestsAsync.Interop;

/// <summary>What both servers are asked: every endpoint of httpbin 0.7.0, with its parameters, its methods, and what it does not take.</summary>
internal static class BinRequests
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Multipart = "multipart/form-data; boundary=b";
    private const string Parts = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.txt\"\r\n\r\ntext\r\n--b--\r\n";

    /// <summary>All of them, each once.</summary>
    public static IReadOnlyList<BinRequest> All { get; } =
    [
        .. Gets(
            "/", "/html", "/xml", "/robots.txt", "/deny", "/encoding/utf8", "/forms/post", "/ip", "/uuid", "/headers", "/user-agent",
            "/get", "/get?a=1&b=2&a=3", "/get?z=1&y=2&x=", "/get?a=%C3%A9+b%20c", "/get?A=1&a=2", "/get/", "/nothing", "/GET", "/headers?show_env=1",
            "/anything", "/anything/a/b?c=d", "/anything/a%20b", "/gzip", "/deflate", "/brotli",
            "/redirect/1", "/redirect/3", "/redirect/2?absolute=true", "/redirect/2?absolute=false", "/redirect/x", "/redirect/0",
            "/relative-redirect/1", "/relative-redirect/4", "/absolute-redirect/1", "/absolute-redirect/4",
            "/redirect-to?url=/get", "/redirect-to?url=http%3A%2F%2Fexample.test%2F%3Fa%3Db&status_code=307", "/redirect-to?URL=/x&Status_Code=308",
            "/redirect-to?url=/x&status_code=200", "/redirect-to?url=/x&status_code=399", "/redirect-to",
            "/stream/3", "/stream/0", "/stream/2?a=1", "/stream/x",
            "/status/200", "/status/204", "/status/301", "/status/302", "/status/303", "/status/304", "/status/305", "/status/307", "/status/308",
            "/status/400", "/status/401", "/status/402", "/status/404", "/status/406", "/status/407", "/status/418", "/status/429", "/status/500", "/status/599",
            "/status/503,503", "/status/200:0,500:1", "/status/abc", "/status/200,x",
            "/response-headers?X-A=1", "/response-headers?X-A=1&X-A=2&X-B=3", "/response-headers", "/response-headers?Content-Type=text/plain",
            "/cookies", "/cookies/set?a=1&b=2", "/cookies/set/a/1", "/cookies/delete?a=&b=", "/cookies/set?a=b%20c", "/cookies/set",
            "/basic-auth/u/p", "/hidden-basic-auth/u/p", "/bearer",
            "/digest-auth/auth/u/p", "/digest-auth/auth-int/u/p/SHA-256", "/digest-auth/other/u/p/SHA-512/3", "/digest-auth/auth/u/p/NONE",
            "/delay/0", "/delay/0.01", "/drip?numbytes=5&duration=0", "/drip?numbytes=3&duration=0.01&delay=0.01&code=203", "/drip?numbytes=0", "/drip?duration=0",
            "/base64/aGVsbG8=", "/base64/w6k=", "/base64/aGVsbG8",
            "/cache", "/cache/60", "/cache/x", "/etag/a", "/bytes/0", "/bytes/5?seed=1", "/stream-bytes/0", "/range/26", "/range/0", "/range/102401",
            "/range/10?chunk_size=3&duration=0", "/links/3", "/links/3/1", "/links/300/5", "/links/0/0", "/links/x",
            "/image", "/image/png", "/image/jpeg", "/image/webp", "/image/svg", "/image/gif"),
        new("GET", "/headers", "X-B3-TraceId: 1\nDNT: 2"),
        new("GET", "/headers", "Via: 1.1 a\nX-Forwarded-Port: 1"),
        new("GET", "/get", "X-Forwarded-For: 9.9.9.9\nX-Forwarded-Proto: https"),
        new("GET", "/get", "X-Forwarded-Ssl: on"),
        new("GET", "/ip", "X-Forwarded-For: 9.9.9.9"),
        new("GET", "/get", "Origin: http://a.test"),
        new("GET", "/user-agent", "User-Agent: a/1"),
        new("GET", "/cookies", "Cookie: b=2; a=1"),
        new("GET", "/cookies", "Cookie: a=\"b c\""),
        new("GET", "/basic-auth/u/p", "Authorization: Basic dTpw"),
        new("GET", "/basic-auth/u/p", "Authorization: Basic dTpx"),
        new("GET", "/hidden-basic-auth/u/p", "Authorization: Basic dTpw"),
        new("GET", "/bearer", "Authorization: Bearer token"),
        new("GET", "/bearer", "Authorization: Basic dTpw"),
        new("GET", "/cache", "If-None-Match: x"),
        new("GET", "/cache", "If-Modified-Since: Sat, 29 Oct 1994 19:43:31 GMT"),
        new("GET", "/etag/a", "If-None-Match: \"a\""),
        new("GET", "/etag/a", "If-None-Match: W/\"b\", \"c\""),
        new("GET", "/etag/a", "If-Match: \"a\""),
        new("GET", "/etag/a", "If-Match: \"b\""),
        new("GET", "/range/26", "Range: bytes=0-4"),
        new("GET", "/range/26", "Range: bytes=20-"),
        new("GET", "/range/26", "Range: bytes=-5"),
        new("GET", "/range/26", "Range: bytes=5-99"),
        new("GET", "/range/26", "Range: bytes=30-40"),
        new("GET", "/range/26", "Range: lines=1-2"),
        new("GET", "/image", "Accept: image/webp,*/*"),
        new("GET", "/image", "Accept: image/svg+xml"),
        new("GET", "/image", "Accept: image/jpeg"),
        new("GET", "/image", "Accept: image/*"),
        new("GET", "/image", "Accept: text/html"),
        new("POST", "/post", Content: "a=1&b=2&a=3", ContentType: Form),
        new("POST", "/post", Content: "a=%C3%A9&b=x+y", ContentType: Form),
        new("POST", "/post", Content: "{\"b\": 1, \"a\": [1, null]}", ContentType: "application/json"),
        new("POST", "/post", Content: "{\"b\":", ContentType: "application/json"),
        new("POST", "/post", Content: "text é", ContentType: "text/plain; charset=utf-8"),
        new("POST", "/post", Content: "[1]", ContentType: "text/plain"),
        new("POST", "/post", Content: Parts, ContentType: Multipart),
        new("POST", "/post"),
        new("PUT", "/put", Content: "x", ContentType: "text/plain"),
        new("PATCH", "/patch", Content: "x", ContentType: "text/plain"),
        new("DELETE", "/delete"),
        new("DELETE", "/delete", Content: "x", ContentType: "text/plain"),
        new("POST", "/response-headers?X-A=1"),
        .. Of("/anything", "POST", "PUT", "PATCH", "DELETE", "TRACE", "HEAD", "OPTIONS"),
        .. Of("/status/418", "POST", "PUT", "PATCH", "DELETE", "TRACE", "HEAD", "OPTIONS"),
        .. Of("/redirect-to?url=/get", "POST", "PUT", "PATCH", "DELETE", "TRACE", "HEAD", "OPTIONS"),
        .. Of("/delay/0", "POST", "HEAD", "OPTIONS"),
        .. Of("/get", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"),
        .. Of("/post", "GET", "HEAD", "OPTIONS"),
        .. Of("/digest-auth/auth/u/p", "POST", "OPTIONS"),
        .. Of("/image/png", "HEAD", "POST"),
        new("OPTIONS", "/post", "Origin: http://a.test\nAccess-Control-Request-Headers: x-a, x-b"),
    ];

    private static IEnumerable<BinRequest> Gets(params string[] targets) => targets.Select(target => new BinRequest("GET", target));

    private static IEnumerable<BinRequest> Of(string target, params string[] methods) => methods.Select(method => new BinRequest(method, target));
}
