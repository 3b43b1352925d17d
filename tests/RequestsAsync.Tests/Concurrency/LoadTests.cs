namespace RequestsAsync.Tests;

/// <summary>Many requests, and what they cost. Runs alone: what other tests allocate would count too.</summary>
[Collection(Alone.Name)]
public sealed class LoadTests(BinFixture bin)
{
    [Fact]
    public async Task Ten_thousand_requests_of_a_second_each_five_thousand_at_a_time()
    {
        await using Session session = new(new() { BaseAddress = bin.Url + "/" });
        int count = 0;
        await foreach (Outcome outcome in session.AsCompletedAsync(Enumerable.Repeat("delay/1", 10_000), new() { MaxConcurrency = 5000 }))
        {
            Assert.True(outcome.Succeeded, outcome.ToString());
            count++;
        }

        Assert.Equal(10_000, count);
    }

    [Fact]
    public async Task A_million_requests_leave_the_memory_flat()
    {
        await using Session session = new(new MemoryHandler(async (_, _) =>
        {
            await Task.Yield();
            return MemoryHandler.Ok(new byte[100]);
        }));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long peak = 0;
        int count = 0;
        await foreach (Outcome outcome in session.AsCompletedAsync(Requests(), new() { MaxConcurrency = 500 }))
        {
            Assert.True(outcome.Succeeded);
            if (++count % 100_000 == 0) peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal(1_000_000, count);
        Assert.InRange(peak, long.MinValue, 10L << 20);

        static IEnumerable<Request> Requests()
        {
            for (int i = 0; i < 1_000_000; i++)
                yield return Request.Get($"http://h/{i}");
        }
    }
}
