using System.Text.Json;

namespace RequestsAsync.Testing.Tests;

public sealed class CassetteTests(BinFixture bin) : IDisposable
{
    private readonly CassetteFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_session_gets_from_the_file_what_it_got_from_the_network(bool replaysBlocking)
    {
        Dictionary<string, string> texts = [];
        string[] paths = ["/get?a=1&b=2", "/html", "/encoding/utf8", "/gzip", "/brotli", "/deflate", "/image/png", "/bytes/100?seed=7", "/status/418", "/redirect/2", "/stream/3", "/cookies/set?theme=dark"]; // last: others would show the cookie, which is hidden
        await using (Cassette cassette = _folder.Record())
        {
            await using Session session = new(cassette);
            foreach (string path in paths)
                texts.Add(path, Shown(await session.GetAsync(bin.Url + path, cancellationToken: Token)));
        }

        await using Cassette replay = _folder.Replay();
        await using Session offline = new(replay);
        foreach (string path in paths)
        {
            Response response = replaysBlocking ? offline.Get(bin.Url + path) : await offline.GetAsync(bin.Url + path, cancellationToken: Token);
            Assert.Equal(texts[path], Shown(response));
        }

        replay.Verify();

        static string Shown(Response response) => $"{response.StatusCode} {response.Reason} {response.HttpVersion} {response.Url} {response.History.Count} {Convert.ToHexString(response.Content.Span)} {string.Join("|", response.Headers.Where(h => h.Key is not "Content-Length"))}";
    }

    [Fact]
    public async Task A_blocking_session_and_an_HttpClient_record_too()
    {
        using (Cassette cassette = _folder.Record())
        {
            using Session session = new(cassette, disposeHandler: false);
            Assert.Equal(200, session.Post(bin.Url + "/post", new() { Json = new { a = 1 } }).StatusCode);
            using HttpClient client = new(cassette, disposeHandler: false);
            Assert.Contains("\"b\": \"2\"", await client.GetStringAsync(new Uri(bin.Url + "/get?b=2"), Token), StringComparison.Ordinal);
            using HttpResponseMessage blocking = client.Send(new(HttpMethod.Get, bin.Url + "/get?c=3"), Token);
            Assert.Equal(3, cassette.Recorded);
        }

        using HttpClient offline = new(_folder.Replay());
        Assert.Contains("\"b\": \"2\"", await offline.GetStringAsync(new Uri(bin.Url + "/get?b=2"), Token), StringComparison.Ordinal);
        using HttpResponseMessage posted = await offline.PostAsync(new Uri(bin.Url + "/post"), new StringContent("""{ "a": 1 }""", null, "application/json"), Token);
        Assert.Equal(200, (int)posted.StatusCode);
    }

    [Fact]
    public async Task A_session_with_connections_of_its_own_records_below_them()
    {
        string url = new UriBuilder(bin.Url) { Host = "service.test" }.Uri.ToString();
        SessionOptions options = new() { Connection = new() { Hosts = { ["service.test"] = ["127.0.0.1"] } } };
        await using (Cassette cassette = _folder.Record())
        {
            await using Session session = cassette.CreateSession(options);
            Response first = await session.PostAsync(url + "post", new() { Content = "x" }, Token);
            Assert.NotNull(first.RemoteEndPoint);
            Assert.Equal(2, (await session.GetAsync(url + "redirect/2", cancellationToken: Token)).History.Count);
            await using Response streamed = await session.StreamAsync("GET", url + "bytes/5000?seed=1", cancellationToken: Token);
            Assert.Equal(5000, (await streamed.ReadAsync(Token)).Length);
        }

        await using Cassette replay = _folder.Replay();
        await using Session offline = replay.CreateSession();
        Assert.Contains("\"data\": \"x\"", (await offline.PostAsync(url + "post", new() { Content = "x" }, Token)).Text, StringComparison.Ordinal);
        Assert.Equal(2, offline.Get(url + "redirect/2").History.Count);
        Assert.Equal(5000, (await offline.GetAsync(url + "bytes/5000?seed=1", cancellationToken: Token)).Content.Length);
        replay.Verify();
    }

    [Fact]
    public async Task New_requests_join_those_that_are_there()
    {
        MockTransport origin = new();
        origin.On("GET", "*").Reply(static call => Reply.Text(call.Url.Path));
        foreach ((string path, int sent) in (List<(string, int)>)[("/a", 1), ("/a", 1), ("/b", 2)])
        {
            using HttpClient client = new(_folder.Open(CassetteMode.RecordNew, origin));
            Assert.Equal(path, await client.GetStringAsync(new Uri("http://h" + path), Token));
            Assert.Equal(sent, origin.Calls.Count);
        }

        Assert.Equal(["http://h/a", "http://h/b"], Urls());
    }

    [Fact]
    public async Task A_new_request_keeps_its_content()
    {
        using (HttpClient client = new(_folder.Open(CassetteMode.RecordNew)))
        {
            using HttpResponseMessage answer = await client.PostAsync(new Uri(bin.Url + "/post"), new StreamContent(new MemoryStream("once"u8.ToArray())), Token);
            Assert.Contains("\"data\": \"once\"", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        Assert.Contains("\"text\": \"once\"", _folder.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_means_the_first_time()
    {
        MockTransport origin = new();
        origin.On("GET", "*").Reply(200, "x");
        for (int i = 0; i < 2; i++)
        {
            using Cassette cassette = new(_folder.File) { InnerHandler = origin };
            Assert.Equal(i == 0 ? CassetteMode.Record : CassetteMode.Replay, cassette.Mode);
            using HttpClient client = new(cassette);
            await client.GetStringAsync(new Uri("http://h/"), Token);
        }

        Assert.Single(origin.Calls);
    }

    [Fact]
    public async Task What_was_recorded_before_a_failure_is_kept_and_no_half_file_is_left()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using Cassette cassette = _folder.Record(Reply.Text("x"));
            using HttpClient client = new(cassette, disposeHandler: false);
            await client.GetStringAsync(new Uri("http://h/kept"), Token);
            throw new InvalidOperationException("the test failed");
        });

        Assert.Equal(["http://h/kept"], Urls());
        Assert.Equal(["a.har"], _folder.Files);
    }

    [Fact]
    public async Task A_cassette_without_requests_leaves_the_file_alone()
    {
        using (HttpClient client = new(_folder.Record(Reply.Text("x")))) await client.GetStringAsync(new Uri("http://h/"), Token);
        string before = _folder.Text;
        _folder.Record().Dispose();
        Assert.Equal(before, _folder.Text);
    }

    [Fact]
    public void What_is_no_archive_says_so()
    {
        CassetteException none = Assert.Throws<CassetteException>(() => _folder.Replay());
        Assert.Contains(_folder.File, none.Message, StringComparison.Ordinal);

        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File)!);
        File.WriteAllText(_folder.File, """{"log":{"entries":[{"startedDateTime":"2030-01-01T00:00:00Z","response":{"content":{}},"request":{"method":"GET"}}]}}""");
        Assert.Contains("Entry 1: 'url' is missing", Assert.Throws<CassetteException>(() => _folder.Replay()).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder.File, "[]");
        Assert.Contains("'log' is missing", Assert.Throws<CassetteException>(() => _folder.Replay()).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder.File, "{");
        Assert.Throws<CassetteException>(() => _folder.Replay());
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new Cassette("", CassetteMode.Record));
        Assert.Throws<ArgumentException>(() => new Cassette("x", (CassetteMode)9));
        Assert.Throws<ArgumentNullException>(() => new Cassette("x", CassetteMode.Record, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Cassette("x", CassetteMode.Record, new() { MaxBodyBytes = -1 }));
    }

    [Fact]
    public async Task A_file_of_a_browser_is_replayed()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File)!);
        await File.WriteAllTextAsync(_folder.File, """
            {"log":{"version":"1.2","pages":[],"creator":{"name":"WebInspector","version":"537.36"},"entries":[{"_initiator":{"type":"other"},
            "startedDateTime":"2030-01-02T03:04:05.678Z","time":5,"cache":{},"timings":{"send":0.1,"wait":4,"receive":0.9,"ssl":-1},
            "request":{"method":"POST","url":"https://shop.test/search?q=a","httpVersion":"h2","headers":[{"name":":method","value":"POST"}],"queryString":[],"cookies":[],"headersSize":-1,"bodySize":3,
              "postData":{"mimeType":"application/x-www-form-urlencoded","params":[{"name":"x","value":"1 2"}]}},
            "response":{"status":200,"statusText":"","httpVersion":"h2","headers":[{"name":":status","value":"200"},{"name":"content-encoding","value":"zstd"},{"name":"content-length","value":"99"},{"name":"content-type","value":"text/html; charset=iso-8859-1"}],
              "cookies":[],"content":{"size":4,"mimeType":"text/html; charset=iso-8859-1","text":"für"},"redirectURL":"","headersSize":-1,"bodySize":-1}}]}}
            """, Token);

        await using Session session = new(_folder.Replay());
        Response response = await session.PostAsync("https://shop.test/search?q=a", new() { Form = { ["x"] = "1 2" } }, Token);
        Assert.Equal("für", response.Text);
        Assert.Equal(3, response.Content.Length);
        Assert.Equal(2, response.HttpVersion.Major);
    }

    private string[] Urls()
    {
        using JsonDocument file = JsonDocument.Parse(_folder.Text);
        return [.. file.RootElement.GetProperty("log").GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("request").GetProperty("url").GetString()!)];
    }
}
