using System.Text.Json;

namespace RequestsAsync.Tests;

public sealed class VerbTests(BinFixture bin)
{
    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    [InlineData("QUERY")]
    public async Task Every_verb_sends_its_method_awaited_and_blocking(string method)
    {
        await using Session session = new(new() { BaseAddress = bin.Url + "/" });
        (Func<string, Task<Response>> awaited, Func<string, Response> blocking) = method switch
        {
            "GET" => ((Func<string, Task<Response>>)(url => session.GetAsync(url)), (Func<string, Response>)(url => session.Get(url))),
            "POST" => (url => session.PostAsync(url), url => session.Post(url)),
            "PUT" => (url => session.PutAsync(url), url => session.Put(url)),
            "PATCH" => (url => session.PatchAsync(url), url => session.Patch(url)),
            "DELETE" => (url => session.DeleteAsync(url), url => session.Delete(url)),
            _ => (url => session.QueryAsync(url), url => session.Query(url)),
        };

        Assert.Equal(method, (await awaited("anything")).Json().GetProperty("method").GetString());
        Assert.Equal(method, blocking("anything").Json().GetProperty("method").GetString());
    }

    [Fact]
    public async Task Head_has_no_body_and_options_lists_the_methods()
    {
        Response head = await Requests.HeadAsync(bin.Url + "/get");
        Response options = await Requests.OptionsAsync(bin.Url + "/get");

        Assert.Equal(200, head.StatusCode);
        Assert.Equal(0, head.Content.Length);
        Assert.NotNull(head.Headers["Content-Type"]);
        Assert.Contains("GET", options.Headers["Allow"], StringComparison.Ordinal);
        Assert.Equal(200, Requests.Head(bin.Url + "/get").StatusCode);
        Assert.Equal(200, Requests.Options(bin.Url + "/get").StatusCode);
    }

    [Fact]
    public async Task Requests_has_every_verb_too()
    {
        string url = bin.Url + "/anything";
        Assert.Equal("GET", MethodOf(await Requests.GetAsync(url)));
        Assert.Equal("POST", MethodOf(await Requests.PostAsync(url)));
        Assert.Equal("PUT", MethodOf(await Requests.PutAsync(url)));
        Assert.Equal("PATCH", MethodOf(await Requests.PatchAsync(url)));
        Assert.Equal("DELETE", MethodOf(await Requests.DeleteAsync(url)));
        Assert.Equal("QUERY", MethodOf(await Requests.QueryAsync(url)));
        Assert.Equal("GET", MethodOf(Requests.Get(url)));
        Assert.Equal("POST", MethodOf(Requests.Post(url)));
        Assert.Equal("PUT", MethodOf(Requests.Put(url)));
        Assert.Equal("PATCH", MethodOf(Requests.Patch(url)));
        Assert.Equal("DELETE", MethodOf(Requests.Delete(url)));
        Assert.Equal("QUERY", MethodOf(Requests.Query(url)));
        Assert.Equal("PATCH", MethodOf(await Requests.SendAsync("patch", url)));
        Assert.Equal("PATCH", MethodOf(Requests.Send("patch", url)));

        static string? MethodOf(Response response) => response.Json().GetProperty("method").GetString();
    }

    [Fact]
    public async Task Requests_keeps_cookies_from_hop_to_hop_and_none_between_calls()
    {
        Response set = await Requests.GetAsync(bin.Url + "/cookies/set?a=1");
        Assert.Equal("1", set.Json().GetProperty("cookies").GetProperty("a").GetString());
        Assert.Empty((await Requests.GetAsync(bin.Url + "/cookies")).Json().GetProperty("cookies").EnumerateObject());
    }

    [Fact]
    public async Task A_session_keeps_cookies_and_a_request_adds_its_own()
    {
        await using Session session = new(new() { BaseAddress = bin.Url + "/" });
        await session.GetAsync("cookies/set?a=1");

        JsonElement cookies = (await session.GetAsync("cookies", new() { Cookies = { ["theme"] = "dark" } })).Json().GetProperty("cookies");
        Assert.Equal("1", cookies.GetProperty("a").GetString());
        Assert.Equal("dark", cookies.GetProperty("theme").GetString());
        Assert.Equal("1", session.Cookies["a"]);
        Assert.Single(session.Cookies);

        JsonElement byHand = (await session.GetAsync("cookies", new() { Headers = { ["Cookie"] = "b=2" } })).Json().GetProperty("cookies");
        Assert.False(byHand.TryGetProperty("a", out _));
        Assert.Equal("2", byHand.GetProperty("b").GetString());
    }

    [Fact]
    public async Task A_request_is_sent_many_times_and_never_changes()
    {
        RequestOptions options = new() { Query = { ["n"] = 1 }, Form = { ["f"] = "x" } };
        Request request = Request.Post(bin.Url + "/anything", options);
        options.Query["n"] = 2;
        options.Form["f"] = "y";

        await using Session session = new();
        foreach (Response response in await session.GatherAsync(Enumerable.Repeat(request, 20)))
        {
            Assert.Equal("1", response.Json().GetProperty("args").GetProperty("n").GetString());
            Assert.Equal("x", response.Json().GetProperty("form").GetProperty("f").GetString());
            Assert.Same(request, response.Request);
        }
    }

    [Fact]
    public async Task Thousand_requests_by_many_threads_share_one_session()
    {
        await using Session session = new(new() { BaseAddress = bin.Url + "/" });
        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), TestContext.Current.CancellationToken, async (i, ct) =>
        {
            Response response = i % 10 == 0 ? session.Get($"get?i={i}", null, ct) : await session.GetAsync($"get?i={i}", null, ct);
            Assert.Equal($"{i}", response.Json().GetProperty("args").GetProperty("i").GetString());
        });
    }
}
