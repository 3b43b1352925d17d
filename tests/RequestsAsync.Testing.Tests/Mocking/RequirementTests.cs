using System.Text;

namespace RequestsAsync.Testing.Tests;

public sealed class RequirementTests
{
    private const string Url = "https://api.example.com/users";

    public static TheoryData<string, bool> Cases => new(Rules.Select(rule => (rule.Key.Name, rule.Key.Fits)));

    private static readonly Dictionary<(string Name, bool Fits), (Action<MockRoute> Require, RequestOptions Options)> Rules = new()
    {
        [("query value", true)] = (r => r.WithQuery("page", "1"), new() { Query = { ["x"] = "y", ["page"] = "1" } }),
        [("query value", false)] = (r => r.WithQuery("page", "1"), new() { Query = { ["page"] = "2" } }),
        [("query one of several", true)] = (r => r.WithQuery("tag", "b"), new() { Query = { ["tag"] = ["a", "b"] } }),
        [("query any", true)] = (r => r.WithQuery("page"), new() { Query = { ["page"] = "" } }),
        [("query any", false)] = (r => r.WithQuery("page"), new()),
        [("query absent", true)] = (r => r.WithoutQuery("page"), new()),
        [("query absent", false)] = (r => r.WithoutQuery("page"), new() { Query = { ["page"] = "1" } }),
        [("query case", false)] = (r => r.WithQuery("Page"), new() { Query = { ["page"] = "1" } }),
        [("header", true)] = (r => r.WithHeader("accept", "application/json"), new() { Headers = { ["Accept"] = "application/json" } }),
        [("header", false)] = (r => r.WithHeader("Accept", "application/json"), new()),
        [("header any", true)] = (r => r.WithHeader("User-Agent"), new()),
        [("header absent", true)] = (r => r.WithoutHeader("Authorization"), new()),
        [("header absent", false)] = (r => r.WithoutHeader("Authorization"), new() { Auth = ("user", "pass") }),
        [("content header", true)] = (r => r.WithHeader("Content-Type", "application/json").WithHeader("content-length", "7"), new() { Json = new { a = 1 } }),
        [("json order and numbers", true)] = (r => r.WithJson(new { a = 1, b = 2.50 }), new() { Content = Body.FromText("""{"b":2.5,"a":1.0}""") }),
        [("json more", false)] = (r => r.WithJson(new { a = 1 }), new() { Json = new { a = 1, b = 2 } }),
        [("json containing", true)] = (r => r.WithJsonContaining(new { a = new { b = 1 }, c = new[] { new { d = 1 } } }), new() { Json = new { a = new { b = 1, x = 2 }, c = new[] { new { d = 1, y = 2 } }, z = 3 } }),
        [("json containing", false)] = (r => r.WithJsonContaining(new { a = new { b = 1 } }), new() { Json = new { a = new { b = 2 } } }),
        [("json array length", false)] = (r => r.WithJsonContaining(new { a = new[] { 1 } }), new() { Json = new { a = new[] { 1, 2 } } }),
        [("json null", true)] = (r => r.WithJson(new { a = (string?)null }), new() { Json = new { a = (string?)null } }),
        [("json null", false)] = (r => r.WithJson(new { a = (string?)null }), new() { Json = new { } }),
        [("no json", false)] = (r => r.WithJson(new { a = 1 }), new() { Content = Body.FromText("{") }),
        [("text", true)] = (r => r.WithText("héllo"), new() { Content = Body.FromText("héllo") }),
        [("text", false)] = (r => r.WithText("hello"), new() { Content = Body.FromText("Hello") }),
        [("bytes", true)] = (r => r.WithBytes(new byte[] { 1, 2 }), new() { Content = new byte[] { 1, 2 } }),
        [("bytes", false)] = (r => r.WithBytes(new byte[] { 1, 2 }), new() { Content = new byte[] { 1, 2, 3 } }),
        [("form", true)] = (r => r.WithForm("name", "Ana & Bo"), new() { Form = { ["x"] = "1", ["name"] = "Ana & Bo" } }),
        [("form", false)] = (r => r.WithForm("name", "Ana"), new() { Form = { ["name"] = "Bo" } }),
        [("predicate", true)] = (r => r.Where(call => call.Json().GetProperty("a").GetInt32() > 1), new() { Json = new { a = 2 } }),
        [("predicate", false)] = (r => r.Where(call => call.Body.Length > 100), new() { Json = new { a = 2 } }),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_request_fits_or_does_not(string name, bool fits)
    {
        (Action<MockRoute> require, RequestOptions options) = Rules[(name, fits)];
        MockTransport mock = new();
        MockRoute route = mock.On("POST", Url);
        require(route);
        route.Reply(201);
        await using Session session = new(mock);
        if (fits) Assert.Equal(201, (await session.PostAsync(Url, options)).StatusCode);
        else Assert.Equal(route, (await Assert.ThrowsAsync<UnmatchedRequestException>(async () => await session.PostAsync(Url, options))).Nearest);
    }

    [Fact]
    public async Task The_message_shows_the_nearest_route_and_every_difference()
    {
        MockTransport mock = new();
        mock.On("DELETE", "https://api.example.com/").Reply(204);
        MockRoute near = mock.On("POST", "https://api.example.com/users/{id}").WithQuery("page", "1").WithHeader("X-Api-Key", "key-1").WithJson(new { name = "Ana", tags = new[] { "a" } }).Reply(201);
        mock.On("POST", "https://api.example.com/users/{id}/posts").Reply(201);
        await using Session session = new(mock);
        UnmatchedRequestException e = await Assert.ThrowsAsync<UnmatchedRequestException>(async () => await session.PutAsync(
            "https://api.example.com/user/7?page=2",
            new() { Headers = { ["X-Api-Key"] = "key-2" }, Auth = ("ana", "pass word"), Json = new { name = "Bo", tags = new[] { "a" }, age = 3 } }));

        Assert.Same(near, e.Nearest);
        Assert.Equal("PUT", e.Call.Method);
        Assert.NotNull(e.Request);
        foreach (string part in (string[])[
            "PUT https://api.example.com/user/7?page=2 matches no route",
            "method: expected POST, got PUT",
            "path segment 1: expected \"users\", got \"user\"",
            "query 'page': expected \"1\", got \"2\"",
            "header 'X-Api-Key': expected [redacted], got [redacted]",
            "JSON $.name: expected \"Ana\", got \"Bo\"",
            "JSON $.age: expected to be absent, got 3",
            "Other routes:", "DELETE https://api.example.com/", "/users/{id}/posts",
            "Content-Type: application/json", "Authorization: [redacted]"])
            Assert.Contains(part, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("key-", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("$.tags", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_message_has_a_secret_that_an_archive_would_hide()
    {
        MockTransport mock = new();
        mock.On("POST", "http://a.test/x?api_key=hunter1").WithHeader("X-My-Client-Secret", "hunter1").WithQuery("sig", "hunter1").WithForm("password", "hunter1")
            .WithJson(new { password = "hunter1", tokens = new[] { "hunter1" }, deep = new { pin = 4711 } }).WithText("""{"password":"hunter1"}""").Reply(200);
        using HttpClient client = new(mock);
        HttpRequestMessage message = new(HttpMethod.Post, "http://a.test/x?access_token=hunter2&sig=hunter2&page=2")
        {
            Headers = { { "X-My-Client-Secret", "hunter2" }, { "X-Vault-Token", "hunter2" }, { "Cookie", "a=hunter2" }, { "Referer", "http://a.test/?token=hunter2" } },
            Content = new StringContent("""{"password":"hunter2","tokens":["hunter2"],"deep":{"pin":4712},"n":1}""", Encoding.UTF8, "application/json"),
        };
        UnmatchedRequestException e = await Assert.ThrowsAsync<UnmatchedRequestException>(() => client.SendAsync(message));
        string verified = Assert.Throws<MockVerificationException>(mock.Verify).Message;
        foreach (string text in (string[])[e.Message, verified, e.Call.ToString(), mock.Calls[0].ToString()])
        {
            Assert.DoesNotContain("hunter", text, StringComparison.Ordinal);
            Assert.DoesNotContain("471", text, StringComparison.Ordinal);
            Assert.Contains("page=2", text, StringComparison.Ordinal);
        }

        Assert.Contains("JSON $.password: expected [redacted], got [redacted]", e.Message, StringComparison.Ordinal);
        Assert.Contains("JSON $.n: expected to be absent, got 1", e.Message, StringComparison.Ordinal);
        Assert.Contains("Cookie: a=[redacted]", e.Message, StringComparison.Ordinal);
        Assert.Equal("hunter2", e.Call.Query["access_token"]); // the call itself keeps them, for the test to look at
    }

    [Fact]
    public async Task Differences_in_origin_length_count_and_predicate_are_told()
    {
        MockTransport mock = new();
        MockRoute route = mock.On("GET", "https://api.example.com/a/b").Where(call => call.Headers.Contains("X-Never")).Reply(200).Times(0);
        using HttpClient client = new(mock);
        UnmatchedRequestException e = await Assert.ThrowsAsync<UnmatchedRequestException>(() => client.GetAsync("http://api.example.com/a"));
        Assert.Contains("origin: expected https://api.example.com, got http://api.example.com", e.Message, StringComparison.Ordinal);
        Assert.Contains("path: expected 2 segments (/a/b), got 1 (/a)", e.Message, StringComparison.Ordinal);
        Assert.Contains("not true: call => call.Headers.Contains(\"X-Never\")", e.Message, StringComparison.Ordinal);
        Assert.Contains("called 0 times already", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mock_without_routes_and_a_route_without_a_reply_say_so()
    {
        MockTransport mock = new();
        using HttpClient client = new(mock);
        Assert.Contains("It has none", (await Assert.ThrowsAsync<UnmatchedRequestException>(() => client.GetAsync("http://a.test/"))).Message, StringComparison.Ordinal);
        mock.On("GET", "/");
        Assert.Contains("it has no reply", (await Assert.ThrowsAsync<UnmatchedRequestException>(() => client.GetAsync("http://a.test/"))).Message, StringComparison.Ordinal);
        Assert.Contains("it has no reply", Assert.Throws<MockVerificationException>(mock.Verify).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unmatched_request_is_not_sent_again_and_reads_the_same_everywhere()
    {
        MockTransport mock = new();
        await using Session session = new(mock, new() { Retry = Retry.Default with { Attempts = 3 } });
        UnmatchedRequestException direct = await Assert.ThrowsAsync<UnmatchedRequestException>(async () => await session.GetAsync("http://a.test/"));
        Assert.Single(mock.Calls);
        Assert.StartsWith("GET http://a.test/ matches no route", direct.Message, StringComparison.Ordinal);
        Assert.Throws<UnmatchedRequestException>(() => session.Get("http://a.test/"));

        Outcome outcome = Assert.Single(await session.GatherOutcomesAsync(["http://a.test/"]));
        Assert.IsType<UnmatchedRequestException>(outcome.Error);
        HttpRequestException wrapped = await Assert.ThrowsAsync<HttpRequestException>(() => session.AsHttpClient().GetAsync("http://a.test/"));
        Assert.StartsWith("GET http://a.test/ matches no route", wrapped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_paths_name_strange_members_and_stop_before_they_are_endless()
    {
        MockTransport mock = new();
        mock.On("POST", "/").WithJson(new Dictionary<string, object> { ["it's"] = new[] { 1, 2 } }).Reply(200);
        using HttpClient client = new(mock);
        string text = Assert.Throws<UnmatchedRequestException>(() => Send(client, """{"it's":[1,3]}""")).Message;
        Assert.Contains("JSON $['it\\'s'][1]: expected 2, got 3", text, StringComparison.Ordinal);
        Assert.Contains("body: expected JSON, got none", Assert.Throws<UnmatchedRequestException>(() => Send(client, "")).Message, StringComparison.Ordinal);
        Assert.Contains("got \"{} x\"", Assert.Throws<UnmatchedRequestException>(() => Send(client, "{} x")).Message, StringComparison.Ordinal);

        static HttpResponseMessage Send(HttpClient client, string text) =>
            client.Send(new(HttpMethod.Post, "http://a.test/") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) });
    }
}
