using System.Text;

namespace RequestsAsync.Tests;

public sealed class ResponseTests(BinFixture bin)
{
    [Fact]
    public async Task A_response_tells_what_came()
    {
        await using Session session = new(new() { BaseAddress = bin.Url + "/" });
        Response response = await session.GetAsync("response-headers?X-Many=1&X-Many=2&X-One=a");

        Assert.Equal(200, response.StatusCode);
        Assert.Equal("OK", response.Reason);
        Assert.Equal("GET", response.Method);
        Assert.Equal(new Version(1, 1), response.HttpVersion);
        Assert.True(response.IsSuccess);
        Assert.False(response.IsRedirect);
        Assert.Equal("<Response [200]>", response.ToString());
        Assert.Equal(["1", "2"], response.Headers.GetValues("x-many"));
        Assert.Equal("1, 2", response.Headers["X-MANY"]);
        Assert.Null(response.Headers["X-None"]);
        Assert.True(response.Elapsed > TimeSpan.Zero);
        Assert.Equal(1, response.Attempts);
        Assert.Empty(response.History);
    }

    [Fact]
    public void Ensure_success_shows_how_the_body_begins()
    {
        using Session session = new(new MemoryHandler(_ => new(System.Net.HttpStatusCode.BadGateway)
        {
            Content = new StringContent("upstream\u001b[31m is down" + new string('x', 500)),
        }));
        Task<Response> sending = session.GetAsync("http://h/x");
        Assert.True(sending.IsCompletedSuccessfully);

        HttpStatusException e = Assert.Throws<HttpStatusException>(() => sending.GetAwaiter().GetResult().EnsureSuccess());

        Assert.Equal(502, e.StatusCode);
        Assert.StartsWith("GET http://h/x answered 502 Bad Gateway: upstream [31m is down", e.Message, StringComparison.Ordinal);
        Assert.InRange(e.Message.Length, 200, 300);
        Assert.StartsWith("upstream", e.Response!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(199, false)]
    [InlineData(200, true)]
    [InlineData(299, true)]
    [InlineData(300, false)]
    [InlineData(404, false)]
    [InlineData(500, false)]
    public async Task Only_2xx_is_success(int status, bool isSuccess)
    {
        await using Session session = new(new MemoryHandler(_ => new((System.Net.HttpStatusCode)status)));
        Response response = await session.GetAsync("http://h/");

        Assert.Equal(isSuccess, response.IsSuccess);
        if (isSuccess)
            Assert.Same(response, response.EnsureSuccess());
        else
            Assert.Throws<HttpStatusException>(response.EnsureSuccess);
    }

    [Theory]
    [InlineData("text/plain; charset=iso-8859-1", "E9", "é")]
    [InlineData("text/plain; charset=utf-8", "C3A9", "é")]
    [InlineData("text/plain", "C3A9", "é")]
    [InlineData("text/plain; charset=nonsense", "C3A9", "é")]
    [InlineData("text/plain; charset=\"windows-1251\"", "E9", "й")]
    [InlineData("text/plain", "FFFE6900", "i")]
    [InlineData("text/plain", "EFBBBF69", "i")]
    [InlineData("text/plain; charset=utf-8", "FF69", "\uFFFDi")]
    public async Task Text_is_decoded_by_what_the_response_says(string type, string body, string expected)
    {
        await using Session session = new(new MemoryHandler(_ => Answer(type, Convert.FromHexString(body))));
        Assert.Equal(expected, (await session.GetAsync("http://h/")).Text);
    }

    [Fact]
    public async Task The_encoding_can_be_set_before_text_is_read_and_not_after()
    {
        await using Session session = new(new MemoryHandler(_ => Answer("text/plain", [0xE9])), new() { DefaultEncoding = Encoding.Latin1 });
        Response byDefault = await session.GetAsync("http://h/");
        Response byRequest = await session.GetAsync("http://h/", new() { DefaultEncoding = Encoding.UTF8 });
        Response set = await session.GetAsync("http://h/");
        set.Encoding = Encoding.GetEncoding("us-ascii");

        Assert.Equal("é", byDefault.Text);
        Assert.Equal("\uFFFD", byRequest.Text);
        Assert.Equal("?", set.Text);
        Assert.Throws<InvalidOperationException>(() => set.Encoding = Encoding.UTF8);
    }

    [Theory]
    [InlineData("7B2261223A317D")]
    [InlineData("EFBBBF7B2261223A317D")]
    [InlineData("7B002200610022003A0031007D00")]
    [InlineData("007B002200610022003A0031007D")]
    [InlineData("FFFE0000 7B000000 22000000 61000000 22000000 3A000000 31000000 7D000000")]
    public async Task Json_in_every_unicode_form_is_read(string body)
    {
        await using Session session = new(new MemoryHandler(_ => Answer("application/json", Convert.FromHexString(body.Replace(" ", "", StringComparison.Ordinal)))));
        Response response = await session.GetAsync("http://h/");

        Assert.Equal(1, response.Json().GetProperty("a").GetInt32());
        Assert.Equal(1, response.Json<Dictionary<string, int>>()["a"]);
    }

    [Fact]
    public async Task Json_that_is_none_says_what_came_instead()
    {
        await using Session session = new();
        Response html = await session.GetAsync(bin.Url + "/html");

        JsonException e = Assert.Throws<JsonException>(() => html.Json<int[]>());
        Assert.Contains("200", e.Message, StringComparison.Ordinal);
        Assert.Contains("text/html", e.Message, StringComparison.Ordinal);
        Assert.Contains("<!DOCTYPE html>", e.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(html.Url.ToString(), e.Message, StringComparison.Ordinal);
        Assert.IsType<System.Text.Json.JsonException>(e.InnerException);
        Assert.Same(html, e.Response);
        Assert.Throws<JsonException>(() => html.Json());
    }

    private static HttpResponseMessage Answer(string type, byte[] body)
    {
        HttpResponseMessage answer = MemoryHandler.Ok(body);
        answer.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return answer;
    }
}
