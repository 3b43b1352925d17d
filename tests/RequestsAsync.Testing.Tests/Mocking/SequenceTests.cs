namespace RequestsAsync.Testing.Tests;

public sealed class SequenceTests
{
    private const string Url = "https://api.example.com/";

    [Fact]
    public async Task Replies_follow_each_other_and_the_last_one_stays()
    {
        MockTransport mock = new();
        mock.On("GET", Url).Reply(503).Then(429).Then(200, new { done = true });
        await using Session session = new(mock);
        Assert.Equal([503, 429, 200, 200], await StatusesAsync(session, 4));

        mock = new();
        mock.On("GET", Url).ReplyInSequence(500, Fault.ConnectionReset, Reply.Text("ok"));
        await using Session other = new(mock);
        Assert.Equal(500, (await other.GetAsync(Url)).StatusCode);
        await Assert.ThrowsAsync<ConnectionLostException>(async () => await other.GetAsync(Url));
        Assert.Equal("ok", (await other.GetAsync(Url)).Text);
    }

    [Fact]
    public async Task The_first_route_wins_until_it_has_answered_as_often_as_it_may()
    {
        MockTransport mock = new();
        mock.On("GET", Url).Reply(201).Times(2);
        mock.On("GET", Url).Reply(202).Once();
        await using Session session = new(mock);
        Assert.Equal([201, 201, 202], await StatusesAsync(session, 3));
        mock.Verify();
        UnmatchedRequestException e = await Assert.ThrowsAsync<UnmatchedRequestException>(async () => await session.GetAsync(Url));
        Assert.Contains("it was called 2 times already, and answers no more", e.Message, StringComparison.Ordinal);
        Assert.Contains("no route matches it", Assert.Throws<MockVerificationException>(mock.Verify).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_lists_what_is_missing_and_every_call()
    {
        MockTransport mock = new();
        mock.On("GET", Url).Reply(200).Times(2);
        mock.On("POST", Url).Reply(200);
        mock.On("DELETE", Url).Reply(200).AnyTimes();
        await using Session session = new(mock);
        await session.GetAsync(Url);
        string message = Assert.Throws<MockVerificationException>(mock.Verify).Message;
        Assert.Contains($"GET {Url}: expected 2 times, called once", message, StringComparison.Ordinal);
        Assert.Contains($"POST {Url}: expected at least once, never called", message, StringComparison.Ordinal);
        Assert.Contains($"1. GET {Url} → <Reply [200]>", message, StringComparison.Ordinal);
        Assert.DoesNotContain("DELETE", message, StringComparison.Ordinal);
        await session.GetAsync(Url);
        await session.PostAsync(Url);
        mock.Verify();
    }

    [Fact]
    public async Task A_hundred_callers_at_once_get_each_reply_of_a_sequence_once()
    {
        MockTransport mock = new();
        MockRoute route = mock.On("GET", Url).ReplyInSequence([.. Enumerable.Range(0, 100).Select(i => Reply.Text($"{i}"))]).Times(100);
        await using Session session = new(mock);
        string[] texts = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(async () => (await session.GetAsync(Url)).Text)));
        Assert.Equal(Enumerable.Range(0, 100), texts.Select(int.Parse).Order());
        Assert.Equal(Enumerable.Range(1, 100), route.Calls.Select(call => call.RouteNumber).Order());
        Assert.Equal(Enumerable.Range(1, 100), mock.Calls.Select(call => call.Number));
        mock.Verify();
    }

    [Fact]
    public async Task A_seed_decides_the_fate_of_each_call_whatever_runs_beside_it()
    {
        string alone = await FatesAsync(seed: 42, parallel: false);
        string together = await FatesAsync(seed: 42, parallel: true);
        Assert.Equal(alone, together);
        Assert.NotEqual(alone, await FatesAsync(seed: 43, parallel: false));
        Assert.InRange(alone.Count(fate => fate == 'x'), 20, 60); // 40 of 400 at a tenth
    }

    [Fact]
    public async Task A_fault_of_the_mock_meets_every_route_and_a_rate_has_its_ends()
    {
        MockTransport mock = new();
        mock.On("GET", "*").Reply(200);
        using HttpClient client = new(mock);
        mock.WithFault(Fault.HostNotFound, 0, seed: 1);
        for (int i = 0; i < 50; i++) Assert.Equal(200, (int)(await client.GetAsync(Url)).StatusCode);
        mock.WithFault(Fault.HostNotFound, 1, seed: 1);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(Url));
        Assert.Throws<ArgumentOutOfRangeException>(() => mock.WithFault(Fault.HostNotFound, 1.1, seed: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => mock.WithFault(Fault.HostNotFound, double.NaN, seed: 1));
    }

    [Fact]
    public async Task Routes_can_be_made_while_others_answer()
    {
        MockTransport mock = new();
        using HttpClient client = new(mock);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () =>
        {
            mock.On("GET", $"/{i}").Reply(200, $"{i}").Once();
            Assert.Equal($"{i}", await client.GetStringAsync($"http://a.test/{i}"));
        })));
        mock.Verify();
    }

    private static async Task<string> FatesAsync(int seed, bool parallel)
    {
        MockTransport mock = new();
        mock.On("GET", Url).Reply(200).WithFault(Fault.ConnectionReset, 0.1, seed);
        using HttpClient client = new(mock);
        if (parallel) await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) => await SendAsync());
        else for (int i = 0; i < 400; i++) await SendAsync();
        return string.Concat(mock.Calls.OrderBy(call => call.RouteNumber).Select(call => call.Reply!.Fault is null ? '.' : 'x'));

        async Task SendAsync()
        {
            try
            {
                (await client.GetAsync(Url)).Dispose();
            }
            catch (HttpRequestException)
            {
                // Drawn.
            }
        }
    }

    private static async Task<List<int>> StatusesAsync(Session session, int count)
    {
        List<int> statuses = [];
        for (int i = 0; i < count; i++) statuses.Add((await session.GetAsync(Url)).StatusCode);
        return statuses;
    }
}
