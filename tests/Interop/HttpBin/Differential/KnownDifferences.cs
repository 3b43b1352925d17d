namespace RequestsAsync.Interop;

/// <summary>Everything in which this project's httpbin is not httpbin 0.7.0 as Debian has it.</summary>
internal static class KnownDifferences
{
    private static readonly string[] Teapots = [.. ((string[])["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"]).Select(method => $"{method} /status/418")];

    public static IReadOnlyList<KnownDifference> All { get; } =
    [
        new("Texts are this project's own.", ["body"], [.. Teapots, "GET /deny", "GET /encoding/utf8", "GET /status/402", "GET /xml"]),
        new("Links lead to places that are still there.", ["X-More-Info"], [.. Teapots, "HEAD /status/418", "GET /status/402"]),
        new("The text of an error ends with a line feed.", ["body"], "GET /drip?numbytes=0", "GET /status/200,x", "GET /status/abc"),
        new("What the client got wrong is a 400 that says so; there it is an unhandled exception.", ["status"], "GET /redirect-to", "GET /redirect/0"),
        new("Base64 may come without padding, as in URLs it mostly does; there it is an unhandled exception.", ["status"], "GET /base64/aGVsbG8"),
        new("Only Bearer is bearer authentication; there any Authorization is, and loses letters.", ["status"], "GET /bearer Authorization: Basic dTpw"),
        new("The bytes of a seed are those of .NET's generator.", ["body"], "GET /bytes/5?seed=1"),
        new("A delay shows the request as /anything does.", ["body keys", "body.json", "body.method"], "GET /delay/0", "GET /delay/0.01"),
        new("A delay and Digest take every method, to try them with a body.", ["status"], "POST /delay/0", "POST /digest-auth/auth/u/p"),
        new("A delay and Digest take every method, to try them with a body.", ["Allow"], "OPTIONS /delay/0", "OPTIONS /digest-auth/auth/u/p"),
        new("QUERY is a method.", ["Allow"], "OPTIONS /anything", "OPTIONS /redirect-to?url=/get", "OPTIONS /status/418"),
        new(
            "The realm of Digest is no mail address, and stale is in lower case, as RFC 7616 has it.",
            ["WWW-Authenticate"],
            "GET /digest-auth/auth/u/p", "GET /digest-auth/auth-int/u/p/SHA-256", "GET /digest-auth/other/u/p/SHA-512/3", "GET /digest-auth/auth/u/p/NONE"),
        new("The URL is shown as it was sent; there it is decoded.", ["body.url"], "GET /get?a=%C3%A9+b%20c"),
        new("JSON that was sent is shown as it was sent; there it is read and sorted.", ["body.json keys"], "POST /post {\"b\": 1, \"a\": [1, null]}"),
        new(
            "JSON is indented, which makes it longer.",
            ["body.Content-Length"],
            "GET /response-headers", "GET /response-headers?X-A=1", "GET /response-headers?X-A=1&X-A=2&X-B=3",
            "GET /response-headers?Content-Type=text/plain", "POST /response-headers?X-A=1"),
        new("gunicorn does not let Proxy-Authenticate through.", ["Proxy-Authenticate"], "GET /status/407"),
        new("Lines of JSON are sorted like every other JSON.", ["body[0] keys", "body[0].headers keys", "body[1] keys", "body[1].headers keys"], "GET /stream/2?a=1", "GET /stream/3"),
        new("Lines of JSON are sorted like every other JSON.", ["body[2] keys", "body[2].headers keys"], "GET /stream/3"),
    ];
}
