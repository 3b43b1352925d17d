namespace RequestsAsync.Tests;

public class CurlExportTests
{
    private const string Url = "https://api.example.com/items";
    private const string Defaults = "--header 'User-Agent: RequestsAsync/*' --header 'Accept-Encoding: gzip, deflate, br' --compressed";

    public static TheoryData<Request, string> Commands => new()
    {
        { Request.Get(Url), $"curl {Defaults} --location --max-redirs 20 {Url}" },
        { Request.Head(Url), $"curl --head {Defaults} --location --max-redirs 20 {Url}" },
        { Request.Get(Url, new() { Query = { ["q"] = "a b&c" }, FollowRedirects = false }), $"curl {Defaults} '{Url}?q=a+b%26c'" },
        {
            Request.Put(Url, new() { Content = Body.FromText("it's", "text/plain"), FollowRedirects = false }),
            $"curl --request PUT {Defaults} --header 'Content-Type: text/plain' --data-raw 'it'\\''s' {Url}"
        },
        {
            Request.Post(Url, new() { Form = { ["a"] = "1", ["b"] = "2" }, FollowRedirects = false }),
            $"curl {Defaults} --header 'Content-Type: application/x-www-form-urlencoded' --data-raw 'a=1&b=2' {Url}"
        },
        {
            Request.Post(Url, new() { Content = new byte[] { 0, 255 }, FollowRedirects = false }),
            $"echo AP8= | base64 -d | curl {Defaults} --header Content-Type: --data-binary @- {Url}"
        },
        { Request.Post(Url, new() { FollowRedirects = false }), $"curl --request POST --header 'Content-Length: 0' {Defaults} {Url}" },
        {
            Request.Get(Url, new() { Auth = ("me", "s3cret"), Cookies = { ["a"] = "b" }, FollowRedirects = false }),
            $"curl {Defaults} --header 'Cookie: a=b' --user me:s3cret {Url}"
        },
        { Request.Get(Url, new() { Auth = Auth.Digest("me", "s3cret"), FollowRedirects = false }), $"curl {Defaults} --digest --user me:s3cret {Url}" },
        {
            Request.Get(Url, new() { Headers = { ["Accept-Encoding"] = null, ["User-Agent"] = null, ["Accept"] = null, ["X-Empty"] = "" }, FollowRedirects = false }),
            $"curl --header 'X-Empty;' --header User-Agent: --header Accept: {Url}"
        },
        {
            Request.Get("https://me:pw@api.example.com/[1]{2}#part", new() { Timeout = TimeSpan.FromSeconds(2.5), HttpVersion = new(1, 1), FollowRedirects = false }),
            $"curl {Defaults} --user me:pw --max-time 2.5 --http1.1 --globoff 'https://api.example.com/[1]%7B2%7D'"
        },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_request_is_written_as_a_command(Request request, string command)
    {
        string[] parts = command.Split('*');

        string actual = request.ToCurl();

        Assert.StartsWith(parts[0], actual, StringComparison.Ordinal);
        if (parts.Length > 1) Assert.EndsWith(parts[1], actual, StringComparison.Ordinal);
        else Assert.Equal(command, actual);
    }

    [Fact]
    public void What_the_session_says_counts()
    {
        SessionOptions options = new()
        {
            BaseAddress = "https://api.example.com/v2/",
            Headers = { ["X-Key"] = "k", ["User-Agent"] = "acme/1.0", ["Accept-Encoding"] = null },
            Proxy = "http://me:pw@proxy.example:3128",
            FollowRedirects = false,
            Tls = new() { Verify = false, Ca = { "ca.pem" }, ClientCertificate = ClientCertificate.FromPem("c.pem", "k.pem", "pw") },
            Connection = new() { Hosts = { ["api.example.com"] = ["127.0.0.1"] } },
        };

        Assert.Equal(
            "curl --header 'User-Agent: acme/1.0' --header 'X-Key: k' --proxy http://proxy.example:3128 --proxy-user me:pw --resolve api.example.com:443:127.0.0.1 "
            + "--insecure --cacert ca.pem --cert c.pem --key k.pem --pass pw https://api.example.com/v2/me",
            Sorted(Request.Get("me").ToCurl(options)));

        // The session's defaults come first or last, and nobody minds.
        static string Sorted(string command) => command.Replace("--header 'X-Key: k' --header 'User-Agent: acme/1.0'", "--header 'User-Agent: acme/1.0' --header 'X-Key: k'", StringComparison.Ordinal);
    }

    [Fact]
    public void The_cookies_of_the_session_go_along()
    {
        using Session session = new(new() { FollowRedirects = false });
        session.Cookies.Set("sid", "1", "api.example.com");

        Assert.Contains("--header 'Cookie: sid=1'", session.ToCurl(Request.Get(Url)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_that_cannot_be_sent_cannot_be_written() =>
        Assert.Throws<InvalidRequestException>(() => Request.Get("relative").ToCurl());
}
