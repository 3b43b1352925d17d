using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RequestsAsync.Tests;

public class HarLogTests(BinFixture bin)
{
    [Fact]
    public async Task The_log_keeps_the_rules_of_the_format()
    {
        HarLog har = new();
        await using Session session = new(new() { Middleware = { har.RecordAsync } });

        await session.GetAsync(bin.Url + "/get?a=1&b=x+y", new() { Cookies = { ["c"] = "d" } }, Token);
        await session.GetAsync(bin.Url + "/redirect/2", cancellationToken: Token);
        await session.GetAsync(bin.Url + "/cookies/set?name=value", cancellationToken: Token);
        await session.PostAsync(bin.Url + "/post", new() { Form = { ["f"] = "1 2" } }, Token);
        await session.PostAsync(bin.Url + "/post", new() { Content = new byte[] { 0, 255 } }, Token);
        await session.GetAsync(bin.Url + "/image/png", cancellationToken: Token);
        await Assert.ThrowsAnyAsync<RequestException>(() => session.GetAsync("http://127.0.0.1:1/", cancellationToken: Token));

        JsonElement log = Read(har);
        HarRules.Check(log);
        Assert.Equal(10, log.GetProperty("log").GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task An_entry_holds_what_was_sent_and_what_came()
    {
        HarLog har = new(new() { KeepsSecrets = true });
        await using Session session = new(new() { Middleware = { har.RecordAsync } });
        await session.PostAsync(bin.Url + "/post?q=a%20b#part", new() { Content = Body.FromText("""{"x":1}""", "application/json"), Auth = ("u", "p"), Cookies = { ["c"] = "d" } }, Token);

        JsonElement entry = Assert.Single(Entries(har));
        JsonElement request = entry.GetProperty("request");
        Assert.Equal("POST", Text(request, "method"));
        Assert.Equal(bin.Url + "/post?q=a%20b", Text(request, "url"));
        Assert.Equal("HTTP/1.1", Text(request, "httpVersion"));
        Assert.Equal("Basic dTpw", Header(request, "Authorization"));
        Assert.Equal("c=d", Header(request, "Cookie"));
        Assert.Equal("application/json", Header(request, "Content-Type"));
        Assert.Equal("""{"x":1}""", Text(request.GetProperty("postData"), "text"));
        Assert.Equal("a b", Text(request.GetProperty("queryString")[0], "value"));
        Assert.Equal(7, request.GetProperty("bodySize").GetInt32());
        JsonElement response = entry.GetProperty("response");
        Assert.Equal(200, response.GetProperty("status").GetInt32());
        Assert.Contains("\"x\"", Text(response.GetProperty("content"), "text"), StringComparison.Ordinal);
        Assert.Equal("127.0.0.1", Text(entry, "serverIPAddress"));
    }

    [Fact]
    public async Task Redirects_are_entries_of_their_own()
    {
        HarLog har = new();
        await using Session session = new(new() { Middleware = { har.RecordAsync } });
        await session.GetAsync(bin.Url + "/redirect/1", cancellationToken: Token);

        JsonElement[] entries = Entries(har);
        Assert.Equal(2, entries.Length);
        Assert.Equal(302, entries[0].GetProperty("response").GetProperty("status").GetInt32());
        Assert.NotEmpty(Text(entries[0].GetProperty("response"), "redirectURL"));
        Assert.Equal(200, entries[1].GetProperty("response").GetProperty("status").GetInt32());
        Assert.True(Started(entries[0]) <= Started(entries[1]));
    }

    [Fact]
    public async Task Each_attempt_is_an_entry_of_its_own()
    {
        HarLog har = new();
        int asked = 0;
        MemoryHandler handler = new(_ => ++asked switch
        {
            1 => throw new HttpRequestException(HttpRequestError.ResponseEnded, "cut off"),
            2 => new(System.Net.HttpStatusCode.ServiceUnavailable) { Content = new StringContent("busy") },
            _ => MemoryHandler.Ok(),
        });
        await using Session session = new(handler, new() { Retry = Retry.Default with { Attempts = 3, Delay = TimeSpan.FromMilliseconds(1) }, Middleware = { har.RecordAsync } });
        Response response = await session.GetAsync("http://h.example/x", cancellationToken: Token);

        Assert.Equal(200, response.StatusCode);
        JsonElement log = Read(har);
        HarRules.Check(log);
        JsonElement[] entries = Entries(har);
        Assert.Equal([0, 503, 200], entries.Select(static entry => entry.GetProperty("response").GetProperty("status").GetInt32()));
        Assert.Equal("busy", Text(entries[1].GetProperty("response").GetProperty("content"), "text"));
        Assert.Equal(entries.Select(Started).Order(), entries.Select(Started));
        Assert.All(entries, static entry => Assert.Equal("http://h.example/x", Text(entry.GetProperty("request"), "url")));
    }

    [Fact]
    public async Task Rounds_of_authentication_are_entries_too()
    {
        HarLog har = new();
        await using Session session = new(new() { Middleware = { har.RecordAsync } });
        await session.GetAsync(bin.Url + "/digest-auth/auth/u/p", new() { Auth = Auth.Digest("u", "p") }, Token);

        Assert.Equal([401, 200], Entries(har).Select(static entry => entry.GetProperty("response").GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task A_failure_after_a_redirect_is_told_of_where_it_led()
    {
        HarLog har = new();
        await using Session session = new(new() { Middleware = { har.RecordAsync } });
        await Assert.ThrowsAnyAsync<RequestException>(() => session.GetAsync(bin.Url + "/redirect-to", new() { Query = { ["url"] = "http://127.0.0.1:1/there" } }, Token));

        JsonElement[] entries = Entries(har);
        Assert.Equal([302, 0], entries.Select(static entry => entry.GetProperty("response").GetProperty("status").GetInt32()));
        Assert.Equal("http://127.0.0.1:1/there", Text(entries[1].GetProperty("request"), "url"));
    }

    [Fact]
    public async Task Too_many_redirects_are_those_that_were_sent()
    {
        HarLog har = new();
        await using Session session = new(new() { MaxRedirects = 1, Middleware = { har.RecordAsync } });
        await Assert.ThrowsAsync<TooManyRedirectsException>(() => session.GetAsync(bin.Url + "/redirect/3", cancellationToken: Token));

        Assert.Equal([302, 302], Entries(har).Select(static entry => entry.GetProperty("response").GetProperty("status").GetInt32()));
    }

    [Fact]
    public async Task Secrets_are_hidden_unless_they_are_wanted()
    {
        foreach (bool keeps in (bool[])[false, true])
        {
            HarLog har = new(new() { KeepsSecrets = keeps });
            await using Session session = new(new() { Middleware = { har.RecordAsync } });
            await session.PostAsync(bin.Url + "/post?api_key=QUERY7&page=2", new()
            {
                Auth = Auth.Bearer("HEADER7"),
                Headers = { ["X-Api-Key"] = "KEY7" },
                Cookies = { ["sid"] = "COOKIE7" },
                Content = Body.FromText("""{"user":"ana","deep":[{"Password":"JSON7"}]}""", "application/json"),
            }, Token);
            await session.PostAsync(bin.Url + "/status/200", new() { Form = { ["client_secret"] = "FORM7", ["plain"] = "seen" } }, Token);
            await session.GetAsync(bin.Url + "/cookies/set?token=SETCOOKIE7", new() { FollowRedirects = false }, Token);

            string text = Encoding.UTF8.GetString(Bytes(har));
            string request = string.Concat(Entries(har).Select(entry => entry.GetProperty("request").GetRawText()));
            foreach (string secret in (string[])["QUERY7", "HEADER7", "KEY7", "COOKIE7", "JSON7", "FORM7", "SETCOOKIE7"])
                Assert.Equal(keeps, request.Contains(secret, StringComparison.Ordinal));
            if (!keeps) Assert.DoesNotContain("SETCOOKIE7", text, StringComparison.Ordinal);
            Assert.Contains("page=2", text, StringComparison.Ordinal);
            Assert.Contains("seen", text, StringComparison.Ordinal);
            Assert.Contains("ana", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_body_of_a_stream_counts_once_it_was_read()
    {
        HarLog har = new();
        await using Session session = new(new() { Middleware = { har.RecordAsync } });
        await using Response response = await session.StreamAsync("GET", bin.Url + "/get", cancellationToken: Token);

        Assert.False(Entries(har)[0].GetProperty("response").GetProperty("content").TryGetProperty("text", out _));
        await response.ReadAsync(Token);
        Assert.True(Entries(har)[0].GetProperty("response").GetProperty("content").TryGetProperty("text", out _));
    }

    [Fact]
    public async Task A_longer_body_than_wanted_is_not_kept()
    {
        HarLog har = new(new() { MaxBodyBytes = 10 });
        await using Session session = new(new() { Middleware = { har.RecordAsync } });
        await session.PostAsync(bin.Url + "/post", new() { Content = "0123456789x" }, Token);

        JsonElement entry = Assert.Single(Entries(har));
        Assert.Equal("", Text(entry.GetProperty("request").GetProperty("postData"), "text"));
        Assert.False(entry.GetProperty("response").GetProperty("content").TryGetProperty("text", out _));
        HarRules.Check(Read(har));
    }

    [Fact]
    public async Task A_failure_is_an_entry_too()
    {
        HarLog har = new();
        await using Session session = new(new() { Middleware = { har.RecordAsync } });
        await Assert.ThrowsAsync<ConnectException>(() => session.GetAsync("http://127.0.0.1:1/x", cancellationToken: Token));

        JsonElement response = Assert.Single(Entries(har)).GetProperty("response");
        Assert.Equal(0, response.GetProperty("status").GetInt32());
        Assert.Contains("refused", Text(response, "_error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_replaces_what_was_there()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("har-").FullName, "a.har");
        await File.WriteAllTextAsync(path, "old", Token);
        HarLog har = new();
        har.Add(Request.Get("https://example.com/?a=b"));

        await har.SaveAsync(path, Token);

        using JsonDocument document = JsonDocument.Parse(await File.ReadAllBytesAsync(path, Token));
        HarRules.Check(document.RootElement);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public async Task A_clock_says_when()
    {
        ManualTime time = new() { Now = new(2031, 5, 6, 7, 8, 9, 123, TimeSpan.Zero) };
        HarLog har = new(new() { TimeProvider = time });
        await using Session session = new(new MemoryHandler(_ => MemoryHandler.Ok()), new() { Middleware = { har.RecordAsync } });
        await session.GetAsync("http://example.com/", cancellationToken: Token);

        Assert.Equal("2031-05-06T07:08:09.123+00:00", Text(Assert.Single(Entries(har)), "startedDateTime"));
        har.Clear();
        Assert.Equal(0, har.Count);
        Assert.Equal("<HarLog [0]>", har.ToString());
    }

    [Theory]
    [InlineData("password", true)]
    [InlineData("X-Access-Token", true)]
    [InlineData("apiKey", true)]
    [InlineData("api_key", true)]
    [InlineData("key", true)]
    [InlineData("keyword", false)]
    [InlineData("author", false)]
    [InlineData("page", false)]
    [InlineData("passenger", false)]
    public void A_name_tells_a_secret(string name, bool isSecret) => Assert.Equal(isSecret, HarSecretRules.IsSecretName(name));

    [Theory]
    [InlineData("http://h/?a=1&token=2&b=%20#token=3", "http://h/?a=1&token=%5Bredacted%5D&b=%20#token=%5Bredacted%5D")]
    [InlineData("http://h/?pass%77ord=2", "http://h/?pass%77ord=%5Bredacted%5D")]
    [InlineData("http://h/?token", "http://h/?token")]
    [InlineData("http://h/token=1", "http://h/token=1")]
    [InlineData("http://me:pw@h/a@b?c=d@e", "http://h/a@b?c=d@e")]
    [InlineData("//me@h/", "//h/")]
    [InlineData("/a//me@h/", "/a//me@h/")]
    [InlineData("/cb?next=https%3A%2F%2Fu%3Ap%40h%2F%3Ftoken%3D1", "/cb?next=https%3A%2F%2Fh%2F%3Ftoken%3D%255Bredacted%255D")]
    [InlineData("http://h/?max_tokens=100&token_type=Bearer", "http://h/?max_tokens=100&token_type=Bearer")]
    public void A_query_is_marked_in_place(string url, string shown) => Assert.Equal(shown, new HarSecrets(new()).Url(url));

    private static DateTimeOffset Started(JsonElement entry) => DateTimeOffset.Parse(Text(entry, "startedDateTime"), CultureInfo.InvariantCulture);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static byte[] Bytes(HarLog har)
    {
        using MemoryStream stream = new();
        har.WriteTo(stream);
        return stream.ToArray();
    }

    private static JsonElement Read(HarLog har)
    {
        using JsonDocument document = JsonDocument.Parse(Bytes(har));
        return document.RootElement.Clone();
    }

    private static JsonElement[] Entries(HarLog har) => [.. Read(har).GetProperty("log").GetProperty("entries").EnumerateArray()];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string? Header(JsonElement message, string name) => message.GetProperty("headers").EnumerateArray()
        .Where(header => Text(header, "name").Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => Text(header, "value")).FirstOrDefault();
}
