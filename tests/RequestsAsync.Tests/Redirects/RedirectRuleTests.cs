namespace RequestsAsync.Tests;

public sealed class RedirectRuleTests
{
    public static TheoryData<string, int, string, bool> Methods => new()
    {
        { "GET", 301, "GET", true }, { "GET", 302, "GET", true }, { "GET", 303, "GET", true }, { "GET", 307, "GET", true }, { "GET", 308, "GET", true },
        { "POST", 301, "GET", false }, { "POST", 302, "GET", false }, { "POST", 303, "GET", false }, { "POST", 307, "POST", true }, { "POST", 308, "POST", true },
        { "PUT", 301, "PUT", true }, { "PUT", 302, "PUT", true }, { "PUT", 303, "GET", false }, { "PUT", 307, "PUT", true },
        { "DELETE", 302, "DELETE", true }, { "DELETE", 303, "GET", false },
        { "HEAD", 301, "HEAD", true }, { "HEAD", 302, "HEAD", true }, { "HEAD", 303, "HEAD", true },
        { "QUERY", 302, "QUERY", true }, { "QUERY", 303, "GET", false },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task The_method_follows_the_status(string method, int status, string expected, bool keepsBody)
    {
        List<(string Method, string? Body, string? Type)> seen = [];
        await using Session session = new(new MemoryHandler(async (message, ct) =>
        {
            seen.Add((message.Method.Method, message.Content is null ? null : await message.Content.ReadAsStringAsync(ct), message.Content?.Headers.ContentType?.ToString()));
            return seen.Count == 1 ? Redirect(status, "/next") : MemoryHandler.Ok();
        }));

        Response response = await session.SendAsync(method, "http://h/", new() { Content = "body", Headers = { ["Content-Language"] = "en" } });

        Assert.Equal(expected, seen[1].Method);
        Assert.Equal(keepsBody ? "body" : null, seen[1].Body);
        Assert.Equal("http://h/next", response.Url.ToString());
        Assert.Equal(status, Assert.Single(response.History).StatusCode);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(304)]
    [InlineData(305)]
    public async Task Other_3xx_are_answers(int status)
    {
        await using Session session = new(new MemoryHandler(_ => Redirect(status, "/next")));
        Response response = await session.GetAsync("http://h/");
        Assert.Equal(status, response.StatusCode);
        Assert.False(response.IsRedirect);
    }

    public static TheoryData<string, string, bool> Origins => new()
    {
        { "http://h/", "http://h/x", true },
        { "http://h:80/", "http://h/x", true },
        { "http://h/", "https://h/x", true },
        { "http://h/", "http://h:81/", false },
        { "http://h/", "https://h:8443/", false },
        { "http://h:8080/", "https://h/", false },
        { "http://h/", "http://other/", false },
        { "http://h/", "http://sub.h/", false },
    };

    [Theory]
    [MemberData(nameof(Origins))]
    public async Task Secrets_stay_with_their_origin(string from, string to, bool kept)
    {
        string[] secrets = ["Authorization", "Proxy-Authorization", "X-Api-Key", "Api-Key", "X-Auth-Token", "X-Amz-Security-Token", "X-Mine"];
        HttpRequestMessage? second = null;
        await using Session session = new(
            new MemoryHandler(message =>
            {
                if (message.RequestUri!.AbsoluteUri == new Uri(from).AbsoluteUri) return Redirect(302, to);
                second = message;
                return MemoryHandler.Ok();
            }),
            new() { SensitiveHeaders = ["X-Api-Key", "Api-Key", "X-Auth-Token", "X-Amz-Security-Token", "x-mine"] });
        RequestOptions options = new() { Headers = { ["X-Public"] = "p" }, Cookies = { ["own"] = "1" } };
        foreach (string secret in secrets)
            options.Headers[secret] = "s3cret";

        await session.GetAsync(from, options);

        foreach (string secret in secrets)
            Assert.Equal(kept, second!.Headers.Contains(secret));
        Assert.Equal(kept, second!.Headers.Contains("Cookie"));
        Assert.True(second.Headers.Contains("X-Public"));
    }

    [Fact]
    public async Task A_cookie_set_by_hand_is_for_the_first_hop_and_the_jar_speaks_from_then_on()
    {
        List<string?> cookies = [];
        await using Session session = new(new MemoryHandler(message =>
        {
            cookies.Add(message.Headers.TryGetValues("Cookie", out IEnumerable<string>? values) ? values.Single() : null);
            HttpResponseMessage answer = cookies.Count == 1 ? Redirect(302, "/next") : MemoryHandler.Ok();
            answer.Headers.Add("Set-Cookie", "jar=1");
            return answer;
        }));

        await session.GetAsync("http://h/", new() { Headers = { ["Cookie"] = "hand=1" } });

        Assert.Equal(["hand=1", "jar=1"], cookies);
    }

    [Fact]
    public async Task From_https_to_http_is_refused_unless_allowed()
    {
        MemoryHandler handler = new(message => message.RequestUri!.Scheme == "https" ? Redirect(302, "http://h/x") : MemoryHandler.Ok());
        await using Session strict = new(handler, disposeHandler: false);
        await using Session lax = new(handler, new() { AllowInsecureRedirects = true });

        RedirectException e = await Assert.ThrowsAsync<RedirectException>(() => strict.GetAsync("https://h/"));
        Assert.Contains("AllowInsecureRedirects", e.Message, StringComparison.Ordinal);
        Assert.Equal(200, (await lax.GetAsync("https://h/")).StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(20)]
    public async Task A_limit_of_n_allows_n_hops(int limit)
    {
        int hops = 0;
        int answers = limit;
        await using Session session = new(
            new MemoryHandler(_ => hops++ < answers ? Redirect(302, $"/{hops}") : MemoryHandler.Ok()),
            new() { MaxRedirects = limit });

        Assert.Equal(limit, (await session.GetAsync("http://h/")).History.Count);
        (hops, answers) = (0, limit + 1);
        TooManyRedirectsException e = await Assert.ThrowsAsync<TooManyRedirectsException>(() => session.GetAsync("http://h/"));
        Assert.Equal(302, e.Response!.StatusCode);
    }

    [Theory]
    [InlineData("http://h/#f", "/x", "http://h/x#f")]
    [InlineData("http://h/#f", "/x#g", "http://h/x#g")]
    [InlineData("http://h/a/b", "c", "http://h/a/c")]
    [InlineData("http://h/a/b", "//other/c", "http://other/c")]
    [InlineData("http://h/", "/grüße", "http://h/gr%C3%BC%C3%9Fe")]
    public async Task Location_is_joined_to_the_url_that_answered(string url, string location, string expected)
    {
        int hops = 0;
        await using Session session = new(new MemoryHandler(_ => hops++ == 0 ? Redirect(302, location) : MemoryHandler.Ok()));
        Assert.Equal(expected, (await session.GetAsync(url)).Url.ToString());
    }

    [Theory]
    [InlineData("http://[bad/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://1.2.3.999/")]
    public async Task A_location_that_cannot_be_used_is_a_typed_error(string location)
    {
        await using Session session = new(new MemoryHandler(_ => Redirect(302, location)));
        await Assert.ThrowsAsync<RedirectException>(() => session.GetAsync("http://h/"));
    }

    [Fact]
    public async Task Content_that_cannot_be_replayed_is_not_sent_twice()
    {
        await using Session session = new(new MemoryHandler(_ => Redirect(307, "/x")));
        RedirectException e = await Assert.ThrowsAsync<RedirectException>(() => session.PostAsync("http://h/", new() { Content = Body.FromAsyncStream(Chunks()) }));
        Assert.Contains("only once", e.Message, StringComparison.Ordinal);

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Chunks()
        {
            await Task.Yield();
            yield return new byte[3];
        }
    }

    [Fact]
    public async Task Redirects_can_be_left_alone()
    {
        await using Session session = new(new MemoryHandler(_ => Redirect(302, "/x")));
        Response response = await session.GetAsync("http://h/", new() { FollowRedirects = false });
        Assert.Equal(302, response.StatusCode);
        Assert.True(response.IsRedirect);
    }

    private static HttpResponseMessage Redirect(int status, string location)
    {
        HttpResponseMessage answer = new((System.Net.HttpStatusCode)status) { Content = new StringContent("moved") };
        answer.Headers.TryAddWithoutValidation("Location", location);
        return answer;
    }
}
