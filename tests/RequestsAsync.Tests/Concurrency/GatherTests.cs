using System.Runtime.CompilerServices;

namespace RequestsAsync.Tests;

public sealed class GatherTests(BinFixture bin)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Responses_come_in_the_order_of_the_requests()
    {
        await using Session session = new(new() { BaseAddress = bin.Url + "/" });
        IReadOnlyList<Response> responses = await session.GatherAsync(
            Enumerable.Range(0, 50).Select(i => $"delay/0.0{(50 - i) % 10}?i={i}"), new() { MaxConcurrency = 25 });

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), responses.Select(response => response.Json().GetProperty("args").GetProperty("i").GetString()));
    }

    [Fact]
    public async Task Nothing_is_gathered_from_nothing()
    {
        await using Session session = new();
        Assert.Empty(await session.GatherAsync(Array.Empty<string>()));
        Assert.Empty(await session.GatherOutcomesAsync(AsyncEnumerable.Empty<Request>()));
    }

    [Fact]
    public async Task No_more_than_the_limit_are_under_way()
    {
        Gauge gauge = new();
        await using Session session = new(gauge.Handler);
        await session.GatherAsync(Enumerable.Range(0, 200).Select(i => $"http://h/{i}"), new() { MaxConcurrency = 7 });

        Assert.Equal(7, gauge.Peak);
        Assert.Equal(200, gauge.Total);
    }

    [Fact]
    public async Task The_limit_per_host_holds_and_busy_hosts_let_others_pass()
    {
        Gauge gauge = new();
        await using Session session = new(gauge.Handler);
        string[] urls = [.. Enumerable.Range(0, 300).Select(i => $"http://{(i % 3 == 0 ? "one" : "busy")}/{i}")];

        await session.GatherAsync(urls, new() { MaxConcurrency = 50, MaxPerHost = 4 });

        Assert.Equal(4, gauge.PeakOf("busy"));
        Assert.Equal(4, gauge.PeakOf("one"));
        Assert.Equal(8, gauge.Peak);
        Assert.Equal(300, gauge.Total);
    }

    // Every request may have ended by the cancellation before the one who sends them hears of it.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_cancelled_never_gives_some_of_the_results(bool asOutcomes)
    {
        for (int i = 0; i < 50; i++)
        {
            using CountdownEvent started = new(3);
            using CancellationTokenSource cancel = new();
            await using Session session = new(new MemoryHandler((_, ct) =>
            {
                TaskCompletionSource<HttpResponseMessage> answer = new();
                ct.Register(() => answer.TrySetCanceled(ct)); // within the Cancel
                started.Signal();
                return answer.Task;
            }));
            string[] urls = ["http://h/1", "http://h/2", "http://h/3"];

            Task gathering = asOutcomes
                ? session.GatherOutcomesAsync(urls, cancellationToken: cancel.Token)
                : session.GatherAsync(urls, cancellationToken: cancel.Token);
            await Task.Run(
                () =>
                {
                    started.Wait(Token);
                    cancel.Cancel();
                },
                Token);

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gathering.WaitAsync(TimeSpan.FromSeconds(30), Token));
        }
    }

    [Fact]
    public async Task The_first_failure_cancels_the_rest_and_is_thrown()
    {
        int cancelled = 0;
        int underWay = 0;
        await using Session session = new(new MemoryHandler(async (message, ct) =>
        {
            Interlocked.Increment(ref underWay);
            try
            {
                if (message.RequestUri!.AbsolutePath == "/5") throw new HttpRequestException(HttpRequestError.ConnectionError);
                await Task.Delay(Timeout.Infinite, ct);
                return MemoryHandler.Ok();
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref cancelled);
                throw;
            }
            finally
            {
                Interlocked.Decrement(ref underWay);
            }
        }));

        ConnectException e = await Assert.ThrowsAsync<ConnectException>(
            () => session.GatherAsync(Endless().Select(i => $"http://h/{i}"), new() { MaxConcurrency = 10 }));

        Assert.Contains("http://h/5", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, underWay);
        Assert.InRange(cancelled, 5, 10);
    }

    [Fact]
    public async Task Failures_are_values_among_outcomes()
    {
        await using Session session = new(new() { BaseAddress = bin.Url + "/" });
        Request[] requests =
        [
            Request.Get("get"), Request.Get("nonsense://x"), Request.Get("status/500"), Request.Get("http://127.0.0.1:1/"),
            Request.Get("get", new() { Headers = { ["a b"] = "c" } }),
        ];

        IReadOnlyList<Outcome> outcomes = await session.GatherOutcomesAsync(requests);

        Assert.Equal([0L, 1, 2, 3, 4], outcomes.Select(outcome => outcome.Index));
        Assert.Equal([true, false, true, false, false], outcomes.Select(outcome => outcome.Succeeded));
        Assert.Equal(requests, outcomes.Select(outcome => outcome.Request));
        Assert.IsType<InvalidRequestException>(outcomes[1].Error);
        Assert.Equal(500, outcomes[2].Response!.StatusCode);
        Assert.IsType<ConnectException>(outcomes[3].Error);
        Assert.IsType<InvalidRequestException>(outcomes[4].Error);
        Assert.Throws<ConnectException>(() => outcomes[3].GetResponse());
        Assert.Same(outcomes[0].Response, outcomes[0].GetResponse());
    }

    [Fact]
    public async Task Cancellation_leaves_nothing_under_way()
    {
        Gauge gauge = new() { Hangs = true };
        await using Session session = new(gauge.Handler);
        using CancellationTokenSource cancel = new();
        Task<IReadOnlyList<Outcome>> gathering = session.GatherOutcomesAsync(Endless().Select(i => Request.Get($"http://h/{i}")), new() { MaxConcurrency = 20 }, cancel.Token);
        await gauge.ReachedAsync(20);
        await cancel.CancelAsync();

        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gathering);
        Assert.Equal(cancel.Token, e.CancellationToken);
        Assert.Equal(0, gauge.UnderWay);
    }

    [Fact]
    public async Task An_input_that_throws_ends_the_gathering()
    {
        Gauge gauge = new() { Hangs = true };
        await using Session session = new(gauge.Handler);

        await Assert.ThrowsAsync<InvalidDataException>(() => session.GatherAsync(Failing()));
        Assert.Equal(0, gauge.UnderWay);

        static IEnumerable<string> Failing()
        {
            yield return "http://h/1";
            yield return "http://h/2";
            throw new InvalidDataException("the list is damaged");
        }
    }

    [Fact]
    public async Task An_input_that_never_answers_does_not_hold_a_cancelled_gathering()
    {
        await using Session session = new(new Gauge().Handler);
        using CancellationTokenSource cancel = new();
        cancel.CancelAfter(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.GatherAsync(Stuck(), null, cancel.Token));

        static async IAsyncEnumerable<string> Stuck([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await new TaskCompletionSource().Task;
            yield return "";
        }
    }

    [Fact]
    public async Task Progress_counts_to_the_end()
    {
        List<BatchProgress> reports = [];
        await using Session session = new(new() { BaseAddress = bin.Url + "/" });
        await session.GatherOutcomesAsync(
            Enumerable.Range(0, 40).Select(i => i % 4 == 0 ? "http://127.0.0.1:1/" : "bytes/10").ToArray(),
            new() { MaxConcurrency = 10, Progress = new Reporter(reports.Add) });

        Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), reports.Select(report => report.Completed));
        Assert.All(reports, report => Assert.Equal(40, report.Total));
        Assert.Equal(30, reports[^1].Succeeded);
        Assert.Equal(10, reports[^1].Failed);
        Assert.Equal(300, reports[^1].Bytes);
    }

    [Fact]
    public async Task A_progress_that_throws_ends_the_gathering_with_its_own_exception()
    {
        await using Session session = new(new Gauge().Handler);
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => session.GatherAsync(
            ["http://h/", "http://h/2"], new() { Progress = new Reporter(_ => throw new InvalidTimeZoneException()) }));
    }

    [Fact]
    public async Task A_disposed_session_ends_the_gathering()
    {
        Gauge gauge = new() { Hangs = true };
        Session session = new(gauge.Handler);
        Task<IReadOnlyList<Outcome>> gathering = session.GatherOutcomesAsync(Endless().Select(i => $"http://h/{i}"), new() { MaxConcurrency = 5 });
        await gauge.ReachedAsync(5);
        await session.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => gathering);
    }

    private static IEnumerable<int> Endless()
    {
        for (int i = 0; ; i++)
            yield return i;
    }

    private sealed class Reporter(Action<BatchProgress> report) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value) => report(value);
    }
}
