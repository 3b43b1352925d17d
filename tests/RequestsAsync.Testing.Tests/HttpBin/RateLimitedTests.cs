namespace RequestsAsync.Testing.Tests;

public class RateLimitedTests
{
    [Fact]
    public async Task So_many_pass_in_a_window()
    {
        var time = new ManualTime();
        await using var bin = await HttpBin.StartInProcessAsync(new HttpBinOptions { TimeProvider = time });
        await using Session session = new(bin.CreateHandler(), new() { BaseAddress = bin.Url });
        for (int window = 0; window < 2; window++)
        {
            await AssertAsync(session, "a", 200, "\"default\";r=1;t=10", retryAfter: null);
            time.Advance(TimeSpan.FromSeconds(2.5));
            await AssertAsync(session, "a", 200, "\"default\";r=0;t=8", retryAfter: null);
            await AssertAsync(session, "a", 429, "\"default\";r=0;t=8", "8");
            await AssertAsync(session, "b", 200, "\"default\";r=1;t=10", retryAfter: null);
            time.Advance(TimeSpan.FromSeconds(7.4));
            await AssertAsync(session, "a", 429, "\"default\";r=0;t=1", "1");
            time.Advance(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task A_limit_of_nothing_lets_nothing_pass()
    {
        await using var bin = await HttpBin.StartInProcessAsync();
        await using Session session = new(bin.CreateHandler(), new() { BaseAddress = bin.Url });
        for (int i = 0; i < 2; i++)
        {
            Response response = await session.PostAsync("/rate-limited?limit=0&window=60");
            Assert.Equal(429, response.StatusCode);
            Assert.Equal("\"default\";q=0;w=60", response.Headers["RateLimit-Policy"]);
            Assert.False(response.Json().GetProperty("allowed").GetBoolean());
        }

        foreach (string query in (string[])["limit=x", "limit=-1", "window=0", "window=x"])
            Assert.Equal(400, (await session.GetAsync("/rate-limited?" + query)).StatusCode);
    }

    [Fact]
    public async Task A_client_that_waits_as_told_gets_through()
    {
        await using var bin = await HttpBin.StartAsync();
        await using Session session = WireFixture.Open("http/1.1", bin);
        Retry retry = Retry.Default with { Statuses = [429] };
        for (int i = 0; i < 3; i++)
        {
            Response response = await session.GetAsync("/rate-limited?limit=2&window=0.2", new() { Retry = retry });
            Assert.Equal(200, response.StatusCode);
        }
    }

    [Fact]
    public void What_ended_is_forgotten()
    {
        var time = new ManualTime();
        var windows = new RateWindows(time);
        for (int i = 0; i < 10_000; i++) windows.Take($"{i}", 1, TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(windows.Take("0", 1, TimeSpan.FromSeconds(1)).IsAllowed);
        Assert.False(windows.Take("0", 1, TimeSpan.FromSeconds(1)).IsAllowed);
    }

    private static async Task AssertAsync(Session session, string key, int status, string rateLimit, string? retryAfter)
    {
        Response response = await session.GetAsync($"/rate-limited?limit=2&window=10&key={key}");
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(rateLimit, response.Headers["RateLimit"]);
        Assert.Equal(retryAfter, response.Headers["Retry-After"]);
    }
}
