namespace RequestsAsync.Tests;

public sealed class HookTests(BinFixture bin)
{
    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Hooks_run_at_every_station_the_session_s_first(bool awaited)
    {
        List<string> log = [];
        await using Session session = new(new()
        {
            BaseAddress = bin.Url + "/",
            Hooks =
            {
                OnRequest = (request, _) => Note($"request {request.Url.Path}"),
                OnRedirect = (response, _) => Note($"redirect {response.StatusCode}"),
                OnResponse = (response, _) => Note($"response {response.StatusCode}"),
                OnError = (error, _) => Note($"error {error.GetType().Name}"),
            },
        });

        await session.SendAsync(awaited, "GET", "redirect/1", new() { Hooks = { OnResponse = (_, _) => Note("own") } });
        await Assert.ThrowsAsync<ConnectException>(() => session.SendAsync(awaited, "GET", "http://127.0.0.1:1/"));

        Assert.Equal(["request /redirect/1", "redirect 302", "request /get", "response 200", "own", "request /", "error ConnectException"], log);

        ValueTask Note(string text)
        {
            log.Add(text);
            return default;
        }
    }

    [Fact]
    public async Task A_hook_changes_what_is_sent_and_several_are_one()
    {
        await using Session session = new();
        RequestOptions options = new();
        options.Hooks.OnRequest += (request, _) => Set(request, "X-One", "1");
        options.Hooks.OnRequest += async (request, _) =>
        {
            await Task.Yield();
            request.Headers["X-Two"] = request.Headers["X-One"] + "2";
        };

        Response response = await session.GetAsync(bin.Url + "/headers", options);
        Assert.Equal("12", response.Json().GetProperty("headers").GetProperty("X-Two").GetString());

        InvalidRequestException e = await Assert.ThrowsAsync<InvalidRequestException>(
            () => session.GetAsync(bin.Url + "/headers", new() { Hooks = { OnRequest = (request, _) => Set(request, "X", "a\nb") } }));
        Assert.Equal(0, e.Attempts);

        static ValueTask Set(OutgoingRequest request, string name, string value)
        {
            request.Headers[name] = value;
            return default;
        }
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_repetition_is_told_with_the_answer_that_asks_for_it(bool awaited)
    {
        List<string> log = [];
        await using Session session = new(new()
        {
            Auth = Auth.Digest("user", "pass"),
            Hooks =
            {
                OnRetry = (retry, _) =>
                {
                    log.Add($"{retry.Sending} {retry.Response!.StatusCode} {retry.Error}");
                    return default;
                },
            },
        });

        Response response = await session.SendAsync(awaited, "GET", bin.Url + "/digest-auth/auth/user/pass");

        Assert.Equal(200, response.StatusCode);
        Assert.Equal(2, response.Attempts);
        Assert.Equal(["2 401 "], log);
    }

    [Fact]
    public async Task What_a_hook_throws_reaches_the_caller_as_it_is()
    {
        await using Session session = new(new() { Hooks = { OnResponse = (_, _) => throw new InvalidTimeZoneException("mine") } });
        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidTimeZoneException>(() => session.GetAsync(bin.Url + "/get"))).Message);
    }

    [Fact]
    public async Task A_blocking_call_refuses_a_hook_that_waits()
    {
        await using Session session = new(new() { Hooks = { OnResponse = async (_, ct) => await Task.Delay(Timeout.Infinite, ct) } });
        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => session.Get(bin.Url + "/get"));
        Assert.Contains("Async", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Middleware_stands_around_the_call_the_first_outermost(bool awaited)
    {
        List<string> log = [];
        await using Session session = new(new() { Middleware = { Log("outer"), Log("inner") } });

        Response response = await session.SendAsync(awaited, "GET", bin.Url + "/headers", new()
        {
            Middleware = { (request, next, ct) => next(request.With(options => options.Headers["X-Mine"] = "1"), ct) },
        });

        Assert.Equal("1", response.Json().GetProperty("headers").GetProperty("X-Mine").GetString());
        Assert.Equal(["outer in", "inner in", "inner out", "outer out"], log);

        Middleware Log(string name) => async (request, next, ct) =>
        {
            log.Add(name + " in");
            Response answer = await next(request, ct);
            log.Add(name + " out");
            return answer;
        };
    }

    [Fact]
    public async Task Middleware_may_send_again_or_answer_by_itself()
    {
        int sent = 0;
        await using Session session = new(
            new MemoryHandler(_ => ++sent < 3 ? new(System.Net.HttpStatusCode.ServiceUnavailable) : MemoryHandler.Ok()),
            new()
            {
                Middleware =
                {
                    async (request, next, ct) =>
                    {
                        Response response = await next(request, ct);
                        while (response.StatusCode == 503)
                            response = await next(request, ct);
                        return response;
                    },
                },
            });

        Assert.Equal(200, (await session.GetAsync("http://h/")).StatusCode);
        Assert.Equal(3, sent);
    }
}
