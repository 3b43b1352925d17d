using System.Net;

namespace RequestsAsync.Tests;

public sealed class NextRequestTests(BinFixture bin)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_chain_is_walked_step_by_step(bool awaited)
    {
        await using Session session = new(new() { FollowRedirects = false, BaseAddress = bin.Url + "/" });
        Response response = await session.SendAsync(awaited, "GET", "redirect/3");
        int steps = 0;
        while (response.NextRequest is { } next)
        {
            response = awaited ? await session.SendAsync(next) : await Reading.OnThreadAsync(() => session.Send(next));
            Assert.Empty(response.History);
            steps++;
        }

        Assert.Equal(3, steps);
        Assert.Equal(bin.Url + "/get", response.Url.ToString());
    }

    [Fact]
    public async Task A_request_that_turns_redirects_off_keeps_them_off()
    {
        await using Session session = new();
        Response first = await session.GetAsync(bin.Url + "/redirect/2", new() { FollowRedirects = false });
        Response second = await session.SendAsync(first.NextRequest!);
        Assert.True(second.IsRedirect);
        Assert.Equal(bin.Url + "/get", second.NextRequest!.Url);
    }

    [Theory]
    [InlineData(303, "http://h/next", "GET", null, "Authorization=s X-Api-Key=k X-Other=o")]
    [InlineData(307, "http://h/next", "POST", "body", "Authorization=s X-Api-Key=k X-Other=o Content-Language=en")]
    [InlineData(303, "http://other/next", "GET", null, "X-Other=o")]
    [InlineData(307, "http://other/next", "POST", "body", "X-Other=o Content-Language=en")]
    public async Task It_is_what_the_session_would_send_itself(int status, string location, string method, string? body, string fields)
    {
        RequestOptions options = new()
        {
            Content = Body.FromText("body"),
            Query = { ["q"] = "1" },
            Cookies = { ["own"] = "c" },
            Headers = { ["Authorization"] = "s", ["X-Api-Key"] = "k", ["X-Other"] = "o", ["Content-Language"] = "en" },
        };
        List<string> followed = [], stepped = [];
        await using Session following = new(Server(followed), new() { Query = { ["s"] = "2" } });
        await using Session stepping = new(Server(stepped), new() { Query = { ["s"] = "2" }, FollowRedirects = false });

        await following.PostAsync("http://h/", options);
        Request next = (await stepping.PostAsync("http://h/", options)).NextRequest!;
        await stepping.SendAsync(next);

        Assert.Equal(followed, stepped);
        Assert.Equal($"<Request [{method} {location}]>", next.ToString());
        Assert.StartsWith($"{method} {location} {body} {fields}", stepped[1], StringComparison.Ordinal);

        MemoryHandler Server(List<string> seen) => new(async (message, ct) =>
        {
            string content = message.Content is null ? "" : await message.Content.ReadAsStringAsync(ct);
            IEnumerable<string> names = ["Authorization", "X-Api-Key", "X-Other", "Content-Language", "Cookie", "User-Agent"];
            IEnumerable<string> all = names.Where(name => Value(message, name) is not null).Select(name => $"{name}={Value(message, name)}");
            seen.Add($"{message.Method} {message.RequestUri} {content} {string.Join(' ', all)}");
            return seen.Count == 1 ? Redirect(status, location) : MemoryHandler.Ok();
        });
    }

    [Theory]
    [InlineData("https://h/", "http://h/", "AllowInsecureRedirects")]
    [InlineData("http://h/", "gopher://h/", "Location")]
    [InlineData("http://h/", "http://[", "Location")]
    public async Task A_redirect_that_cannot_be_followed_says_why(string url, string location, string word)
    {
        await using Session session = new(new MemoryHandler(_ => Redirect(302, location)), new() { FollowRedirects = false });
        Response response = await session.GetAsync(url);

        RedirectException e = Assert.Throws<RedirectException>(() => response.NextRequest);

        Assert.Contains(word, e.Message, StringComparison.Ordinal);
        Assert.StartsWith($"GET {url}", e.Message, StringComparison.Ordinal);
        Assert.Same(response, e.Response);
        Assert.Same(response.Request, e.Request);
        Assert.Equal(1, e.Attempts);
    }

    [Fact]
    public async Task Content_that_can_be_sent_once_is_not_sent_again()
    {
        await using Session session = new(new MemoryHandler(_ => Redirect(307, "/x")), new() { FollowRedirects = false });
        Response response = await session.PostAsync("http://h/", new() { Content = Body.FromAsyncStream(Nothing()) });
        Assert.Throws<RedirectException>(() => response.NextRequest);

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Nothing()
        {
            await Task.CompletedTask;
            yield break;
        }
    }

    [Fact]
    public async Task Beyond_the_limit_the_rest_can_be_walked_by_hand()
    {
        await using Session session = new(new() { MaxRedirects = 2 });
        TooManyRedirectsException e = await Assert.ThrowsAsync<TooManyRedirectsException>(() => session.GetAsync(bin.Url + "/redirect/4"));
        Response rest = await session.SendAsync(e.Response!.NextRequest!);
        Assert.Equal(bin.Url + "/get", rest.Url.ToString());
        Assert.Single(rest.History);
    }

    private static string? Value(HttpRequestMessage message, string name) =>
        message.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString()
        : message.Content?.Headers.NonValidated.TryGetValues(name, out values) == true ? values.ToString() : null;

    private static HttpResponseMessage Redirect(int status, string location)
    {
        HttpResponseMessage answer = new((HttpStatusCode)status);
        answer.Headers.TryAddWithoutValidation("Location", location);
        return answer;
    }
}
