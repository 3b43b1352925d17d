namespace RequestsAsync.Tests;

public sealed class AsCompletedTests(BinFixture bin)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outcomes_come_as_they_finish()
    {
        await using Session session = new(new() { BaseAddress = bin.Url + "/" });
        List<long> order = [];
        await foreach (Outcome outcome in session.AsCompletedAsync(["delay/0.6", "delay/0.3", "get", "nonsense://x"]))
            order.Add(outcome.Index);

        Assert.Equal([0L, 1, 2, 3], order.Order());
        Assert.Equal([1L, 0], order[2..]);
    }

    [Fact]
    public async Task Order_is_kept_on_demand()
    {
        await using Session session = new(new() { BaseAddress = bin.Url + "/" });
        List<long> order = [];
        await foreach (Outcome outcome in session.AsCompletedAsync(["delay/0.3", "delay/0.1", "get", "get"], new() { PreserveOrder = true, MaxConcurrency = 2 }))
            order.Add(outcome.Index);

        Assert.Equal([0L, 1, 2, 3], order);
    }

    // The places must not all be held by outcomes that wait for one whose turn never comes.
    [Fact]
    public async Task Order_goes_together_with_a_limit_per_host_whichever_host_is_free_first()
    {
        string[] urls = ["http://a/0", "http://a/1", "http://b/2", "http://b/3", "http://c/4"];
        Dictionary<string, TaskCompletionSource> answers = urls.ToDictionary(static url => url, static _ => new TaskCompletionSource());
        using CountdownEvent started = new(3);
        await using Session session = new(new MemoryHandler(async (message, _) =>
        {
            if (!started.IsSet) started.Signal();
            await answers[message.RequestUri!.ToString()].Task.ConfigureAwait(false);
            return MemoryHandler.Ok();
        }));

        Task<List<long>> reading = ReadAsync(session.AsCompletedAsync(urls, new() { MaxConcurrency = 3, MaxPerHost = 1, PreserveOrder = true }));
        await Task.Run(
            () =>
            {
                started.Wait(Stop); // 0, 2 and 4
                foreach (int i in (int[])[2, 0, 3, 4, 1])
                    answers[urls[i]].SetResult();
            },
            Stop);

        Assert.Equal([0L, 1, 2, 3, 4], await reading.WaitAsync(Patience, Stop));
    }

    [Fact]
    public async Task Order_and_limits_bring_every_outcome_whatever_the_hosts()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            string[] urls = [.. Enumerable.Range(0, 30).Select(i => random.Next(10) == 0 ? $"nonsense {i}" : $"http://{(char)('a' + random.Next(1 + (seed % 4)))}/{i}")];
            await using Session session = new(new MemoryHandler(async (message, _) =>
            {
                for (int i = StringComparer.Ordinal.GetHashCode(message.RequestUri!.ToString()) & 3; i > 0; i--) await Task.Yield();
                return MemoryHandler.Ok();
            }));
            ConcurrencyOptions options = new() { MaxConcurrency = 1 + random.Next(4), MaxPerHost = 1 + random.Next(2), PreserveOrder = true };

            List<long> order = await ReadAsync(session.AsCompletedAsync(urls, options)).WaitAsync(Patience, Stop);

            Assert.Equal(Enumerable.Range(0, urls.Length).Select(static i => (long)i), order);
        }
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(false, 3)]
    [InlineData(true, 3)]
    public async Task Every_request_has_one_outcome(bool preserveOrder, int? maxPerHost)
    {
        Gauge gauge = new();
        await using Session session = new(gauge.Handler);
        List<long> seen = [];
        await foreach (Outcome outcome in session.AsCompletedAsync(
            Enumerable.Range(0, 3000).Select(i => $"http://{(i % 2 == 0 ? "busy" : $"h{i % 50}")}/{i}"),
            new() { MaxConcurrency = 40, MaxPerHost = maxPerHost, PreserveOrder = preserveOrder }))
        {
            Assert.Equal($"/{outcome.Index}", outcome.Response!.Url.Path);
            seen.Add(outcome.Index);
        }

        Assert.Equal(Enumerable.Range(0, 3000).Select(i => (long)i), preserveOrder ? seen : seen.Order());
        Assert.InRange(gauge.Peak, 1, 40);
        if (maxPerHost is { } limit) Assert.Equal(limit, gauge.PeakOf("busy"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_input_is_pulled_only_as_places_free_up(bool asynchronous)
    {
        const int Places = 8;
        Gauge gauge = new();
        await using Session session = new(gauge.Handler);
        int pulled = 0;
        int taken = 0;
        ConcurrencyOptions options = new() { MaxConcurrency = Places };
        IAsyncEnumerable<Outcome> outcomes = asynchronous ? session.AsCompletedAsync(EndlessAsync(), options) : session.AsCompletedAsync(Endless(), options);

        await foreach (Outcome outcome in outcomes)
        {
            taken++;
            Assert.InRange(pulled - taken, 0, Places);
            if (taken == 500) break;
        }

        Assert.Equal(0, gauge.UnderWay);

        IEnumerable<Request> Endless()
        {
            while (true)
                yield return Request.Get($"http://h/{pulled++}");
        }

        async IAsyncEnumerable<string> EndlessAsync()
        {
            while (true)
            {
                await Task.Yield();
                yield return $"http://h/{pulled++}";
            }
        }
    }

    [Fact]
    public async Task Leaving_early_ends_what_is_under_way()
    {
        Gauge gauge = new() { Hangs = true };
        await using Session session = new(gauge.Handler);
        await foreach (Outcome outcome in session.AsCompletedAsync(new[] { "nonsense" }.Concat(Enumerable.Range(0, 100).Select(i => $"http://h/{i}")), new() { MaxConcurrency = 10 }))
        {
            Assert.False(outcome.Succeeded);
            await gauge.ReachedAsync(5);
            break;
        }

        Assert.Equal(0, gauge.UnderWay);
        Assert.InRange(gauge.Total, 5, 11);
    }

    [Fact]
    public async Task Cancellation_is_thrown_to_the_reader()
    {
        Gauge gauge = new() { Hangs = true };
        await using Session session = new(gauge.Handler);
        using CancellationTokenSource cancel = new();
        Task reading = Task.Run(async () =>
        {
            await foreach (Outcome outcome in session.AsCompletedAsync(Enumerable.Range(0, 100).Select(i => $"http://h/{i}"), new() { MaxConcurrency = 10 }).WithCancellation(cancel.Token))
                Assert.Fail($"nothing should come: {outcome}");
        });
        await gauge.ReachedAsync(10);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal(0, gauge.UnderWay);
    }

    [Fact]
    public async Task What_was_received_before_the_input_failed_is_not_lost()
    {
        await using Session session = new(new Gauge().Handler);
        List<Outcome> outcomes = [];
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            await foreach (Outcome outcome in session.AsCompletedAsync(Failing(), new() { MaxConcurrency = 2 }))
                outcomes.Add(outcome);
        });

        Assert.Equal(10, outcomes.Count);
        Assert.All(outcomes, outcome => Assert.True(outcome.Succeeded));

        static IEnumerable<string> Failing()
        {
            for (int i = 0; i < 10; i++)
                yield return $"http://h/{i}";
            throw new InvalidDataException("the list is damaged");
        }
    }

    [Fact]
    public async Task A_slow_input_does_not_hold_back_what_waits_for_its_host()
    {
        Gauge gauge = new();
        await using Session session = new(gauge.Handler);
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int seen = 0;
        await foreach (Outcome outcome in session.AsCompletedAsync(Slow(), new() { MaxConcurrency = 10, MaxPerHost = 1 }))
        {
            // The input goes on only after all that it gave before has come back.
            if (++seen == 5) gate.SetResult();
        }

        Assert.Equal(6, seen);

        async IAsyncEnumerable<string> Slow()
        {
            for (int i = 0; i < 5; i++)
                yield return $"http://busy/{i}";
            await gate.Task;
            yield return "http://busy/last";
        }
    }

    private static async Task<List<long>> ReadAsync(IAsyncEnumerable<Outcome> outcomes)
    {
        List<long> order = [];
        await foreach (Outcome outcome in outcomes.WithCancellation(Stop))
            order.Add(outcome.Index);
        return order;
    }
}
