namespace RequestsAsync.Testing.Tests;

/// <summary>Method, path, request headers → status and the headers that matter; by socket and in memory.</summary>
public class AnswerTests(BinFixture bin)
{
    public static TheoryData<string, int, string> Gets => new()
    {
        { "/", 200, "Content-Type: text/html; charset=utf-8" },
        { "/get", 200, "Content-Type: application/json" },
        { "/headers", 200, "Access-Control-Allow-Origin: *" },
        { "/ip", 200, "Access-Control-Allow-Credentials: true" },
        { "/anything/a/b/", 200, "Content-Type: application/json" },
        { "/status/200", 200, "Content-Length: 0" },
        { "/status/204", 204, "Content-Length: -" },
        { "/status/299", 299, "Content-Type: text/html; charset=utf-8" },
        { "/status/301", 301, "Location: /redirect/1" },
        { "/status/305", 305, "Location: /redirect/1" },
        { "/status/308", 308, "Location: -" },
        { "/status/304", 304, "Content-Type: -" },
        { "/status/401", 401, "WWW-Authenticate: Basic realm=\"Fake Realm\"" },
        { "/status/402", 402, "X-More-Info: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.3" },
        { "/status/406", 406, "Content-Type: application/json" },
        { "/status/407", 407, "Proxy-Authenticate: Basic realm=\"Fake Realm\"" },
        { "/status/418", 418, "X-More-Info: https://www.rfc-editor.org/rfc/rfc2324" },
        { "/status/999", 999, "Content-Length: 0" },
        { "/status/503,503", 503, "Content-Length: 0" },
        { "/status/200:0,500:0.3", 500, "Content-Length: 0" },
        { "/delay/0", 200, "Content-Type: application/json" },
        { "/delay/0.001", 200, "Content-Type: application/json" },
        { "/redirect/1", 302, "Location: /get" },
        { "/redirect/3", 302, "Location: /relative-redirect/2" },
        { "/redirect/1?absolute=true", 302, "Location: {origin}/get" },
        { "/redirect/2?absolute=True", 302, "Location: {origin}/absolute-redirect/1" },
        { "/relative-redirect/2", 302, "Location: /relative-redirect/1" },
        { "/relative-redirect/1", 302, "Location: /get" },
        { "/absolute-redirect/2", 302, "Location: {origin}/absolute-redirect/1" },
        { "/redirect-to?url=http%3A%2F%2Fexample.test%2F%3Fa%3Db", 302, "Location: http://example.test/?a=b" },
        { "/redirect-to?URL=/x&Status_Code=307", 307, "Location: /x" },
        { "/redirect-to?url=/x&status_code=200", 302, "Location: /x" },
        { "/cookies/set?a=1&b=2", 302, "Set-Cookie: a=1; Path=/ | b=2; Path=/" },
        { "/cookies/set/a/b%20c", 302, "Set-Cookie: a=\"b c\"; Path=/" },
        { "/cookies/set?a=%22%2C%C3%A9%5C", 302, "Set-Cookie: a=\"\\\"\\054\\303\\251\\\\\"; Path=/" },
        { "/cookies/delete?a&b=", 302, "Set-Cookie: a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/ | b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/" },
        { "/cookies/set?a=1", 302, "Location: /cookies" },
        { "/basic-auth/u/p", 401, "WWW-Authenticate: Basic realm=\"Fake Realm\"" },
        { "/hidden-basic-auth/u/p", 404, "WWW-Authenticate: -" },
        { "/bearer", 401, "WWW-Authenticate: Bearer" },
        { "/digest-auth/auth/u/p", 401, "Set-Cookie: fake=fake_value; Path=/ | stale_after=never; Path=/" },
        { "/digest-auth/auth/u/p/SHA-256/3", 401, "Set-Cookie: fake=fake_value; Path=/ | stale_after=3; Path=/" },
        { "/gzip", 200, "Content-Encoding: gzip" },
        { "/deflate", 200, "Content-Encoding: deflate" },
        { "/brotli", 200, "Content-Encoding: br" },
        { "/stream/3", 200, "Content-Length: -" },
        { "/stream-bytes/3", 200, "Content-Type: application/octet-stream" },
        { "/bytes/3", 200, "Content-Length: 3" },
        { "/bytes/99999999999999", 200, "Content-Length: 102400" },
        { "/drip?duration=0&numbytes=5&code=203", 203, "Content-Length: 5" },
        { "/drip?duration=0&code=204", 204, "Content-Length: -" },
        { "/range/26", 200, "ETag: range26" },
        { "/range/26", 200, "Content-Range: bytes 0-25/26" },
        { "/range/26", 200, "Accept-Ranges: bytes" },
        { "/range/0", 404, "ETag: range0" },
        { "/range/102401", 404, "Accept-Ranges: bytes" },
        { "/links/3", 302, "Location: /links/3/0" },
        { "/links/3/0", 200, "Content-Type: text/html; charset=utf-8" },
        { "/encoding/utf8", 200, "Content-Type: text/html; charset=utf-8" },
        { "/html", 200, "Content-Type: text/html; charset=utf-8" },
        { "/xml", 200, "Content-Type: application/xml" },
        { "/json", 200, "Content-Type: application/json" },
        { "/uuid", 200, "Content-Type: application/json" },
        { "/base64/aGVsbG8", 200, "Content-Length: 5" },
        { "/cache/60", 200, "Cache-Control: public, max-age=60" },
        { "/etag/a", 200, "ETag: a" },
        { "/response-headers?A=1&A=2", 200, "A: 1 | 2" },
        { "/image", 200, "Content-Type: image/png" },
        { "/image/png", 200, "Content-Type: image/png" },
        { "/image/jpeg", 200, "Content-Type: image/jpeg" },
        { "/image/webp", 200, "Content-Type: image/webp" },
        { "/image/svg", 200, "Content-Type: image/svg+xml" },
        { "/robots.txt", 200, "Content-Type: text/plain" },
        { "/deny", 200, "Content-Type: text/plain" },
        { "/forms/post", 200, "Content-Type: text/html; charset=utf-8" },
    };

    public static TheoryData<string, int> Refused => new()
    {
        { "/nothing", 404 },
        { "/nothing.txt", 404 },
        { "/get/", 404 },
        { "/GET", 404 },
        { "/anything/", 404 },
        { "/cookies/set/a", 404 },
        { "/links/a", 404 },
        { "/links/1/-1", 404 },
        { "/bytes/-1", 404 },
        { "/bytes/x", 404 },
        { "/redirect/x", 404 },
        { "/redirect/0", 400 },
        { "/absolute-redirect/0", 400 },
        { "/relative-redirect/0", 400 },
        { "/redirect-to", 400 },
        { "/redirect-to?url=/x&status_code=abc", 400 },
        { "/redirect-to?url=/x%0D%0AEvil:1", 400 },
        { "/status/abc", 400 },
        { "/status/", 404 },
        { "/status/100", 400 },
        { "/status/1000", 400 },
        { "/status/-200", 400 },
        { "/status/200:0.5", 400 },
        { "/status/200:x,500", 400 },
        { "/status/200:1:2,500", 400 },
        { "/status/200:-1,500:1", 400 },
        { "/status/200:0,500:0", 400 },
        { "/status/200:NaN,500", 400 },
        { "/status/200:1e308,500:1e308", 400 },
        { "/status/,", 400 },
        { "/delay/abc", 400 },
        { "/delay/-1", 400 },
        { "/delay/NaN", 400 },
        { "/delay/Infinity", 400 },
        { "/drip?numbytes=0", 400 },
        { "/drip?numbytes=x", 400 },
        { "/drip?duration=-1", 400 },
        { "/drip?delay=x", 400 },
        { "/drip?code=abc", 400 },
        { "/drip?code=100", 400 },
        { "/bytes/3?seed=x", 400 },
        { "/bytes/3?seed=99999999999999999999", 400 },
        { "/stream-bytes/3?chunk_size=x", 400 },
        { "/stream/x", 404 },
        { "/range/x", 404 },
        { "/range/3?duration=x", 400 },
        { "/range/3?chunk_size=x", 400 },
        { "/base64/a", 400 },
        { "/base64/%21%21%21%21", 400 },
        { "/base64/_w", 400 },
        { "/cache/x", 404 },
        { "/etag/a%0Ab", 400 },
        { "/response-headers?a%20b=1", 400 },
        { "/response-headers?=1", 400 },
        { "/response-headers?a=1%0D%0AEvil:1", 400 },
        { "/response-headers?Content-Length=1", 400 },
        { "/response-headers?transfer-encoding=chunked", 400 },
        { "/cookies/set?=1", 400 },
        { "/cookies/set?a%3Bb=1", 400 },
        { "/cookies/delete?a%0Ab", 400 },
        { "/image/gif", 404 },
    };

    [Theory]
    [MemberData(nameof(Gets))]
    public async Task A_get_has_status_and_header(string path, int status, string header)
    {
        string[] expected = header.Split(": ", 2);
        foreach (HttpClient client in bin.Clients)
        {
            using var response = await client.GetAsync(path);
            Assert.Equal(status, (int)response.StatusCode);
            string origin = client.BaseAddress!.GetLeftPart(UriPartial.Authority);
            Assert.Equal(expected[1].Replace("{origin}", origin), BinFixture.Header(response, expected[0]) ?? "-");
        }
    }

    [Theory]
    [MemberData(nameof(Gets))]
    public async Task A_head_has_the_status_of_its_get_and_no_body(string path, int status, string header)
    {
        string[] expected = header.Split(": ", 2);
        foreach (HttpClient client in bin.Clients)
        {
            using var message = BinFixture.Message("HEAD", path);
            using var response = await client.SendAsync(message);
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());

            // In memory HttpContent makes up a length of its own where the answer has none.
            if (client == bin.Socket && expected[0] == "Content-Length")
                Assert.Equal(expected[1], BinFixture.Header(response, "Content-Length") ?? "-");
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_wrong_is_refused(string path, int status)
    {
        foreach (HttpClient client in bin.Clients)
        {
            using var response = await client.GetAsync(path);
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal("*", BinFixture.Header(response, "Access-Control-Allow-Origin"));
            Assert.Null(BinFixture.Header(response, "Evil"));
            Assert.DoesNotContain("   at ", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("POST", "/get", "GET, HEAD, OPTIONS")]
    [InlineData("GET", "/post", "POST, OPTIONS")]
    [InlineData("HEAD", "/post", "POST, OPTIONS")]
    [InlineData("POST", "/put", "PUT, OPTIONS")]
    [InlineData("GET", "/patch", "PATCH, OPTIONS")]
    [InlineData("GET", "/delete", "DELETE, OPTIONS")]
    [InlineData("DELETE", "/response-headers", "GET, POST, HEAD, OPTIONS")]
    [InlineData("BREW", "/anything", "GET, POST, PUT, DELETE, PATCH, QUERY, TRACE, HEAD, OPTIONS")]
    [InlineData("POST", "/bytes/x", "GET, HEAD, OPTIONS")]
    public async Task Another_method_is_a_405_with_Allow(string method, string path, string allow)
    {
        foreach (HttpClient client in bin.Clients)
        {
            using var message = BinFixture.Message(method, path);
            using var response = await client.SendAsync(message);
            Assert.Equal(405, (int)response.StatusCode);
            Assert.Equal(allow, string.Join(", ", response.Content.Headers.Allow));
        }
    }

    [Fact]
    public async Task A_preflight_is_allowed_everything()
    {
        foreach (HttpClient client in bin.Clients)
        {
            using var message = BinFixture.Message(
                "OPTIONS", "/post", ("Origin", "http://a.test"), ("Access-Control-Request-Headers", "x-a, x-b"));
            using var response = await client.SendAsync(message);
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
            Assert.Equal("http://a.test", BinFixture.Header(response, "Access-Control-Allow-Origin"));
            Assert.Equal("GET, POST, PUT, DELETE, PATCH, OPTIONS", BinFixture.Header(response, "Access-Control-Allow-Methods"));
            Assert.Equal("3600", BinFixture.Header(response, "Access-Control-Max-Age"));
            Assert.Equal("x-a, x-b", BinFixture.Header(response, "Access-Control-Allow-Headers"));
            Assert.Equal("POST, OPTIONS", string.Join(", ", response.Content.Headers.Allow));
        }
    }
}
