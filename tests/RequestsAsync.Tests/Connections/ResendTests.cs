namespace RequestsAsync.Tests;

/// <summary>What is sent again without being asked for: only what does no harm twice, only on a connection that the server may just have closed, only once.</summary>
public class ResendTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    public static TheoryData<string, bool, bool> Idempotent => Cases("GET", "HEAD", "OPTIONS", "DELETE", "PUT", "QUERY");

    public static TheoryData<string, bool, bool> Others => Cases("POST", "PATCH");

    private static TheoryData<string, bool, bool> Cases(params string[] methods)
    {
        TheoryData<string, bool, bool> cases = [];
        foreach (string method in methods)
        {
            foreach (bool awaited in (bool[])[true, false])
            {
                cases.Add(method, false, awaited);
                if (method is not "HEAD") cases.Add(method, true, awaited);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Idempotent))]
    public async Task A_connection_that_closes_as_it_is_used_again_costs_an_idempotent_request_nothing(string method, bool hasBody, bool awaited)
    {
        await using FaultyServer server = ClosesOnSecondRequest();
        await using Session session = new();
        await session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);

        Response response = await session.SendAsync(awaited, method, server.Url, hasBody ? new() { Content = "content" } : null);

        Assert.Equal(200, response.StatusCode);
        Assert.Equal(1, response.Attempts);
        Assert.Equal(3, server.Heads.Count);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Any_other_fails_and_is_not_sent_twice(string method, bool hasBody, bool awaited)
    {
        await using FaultyServer server = ClosesOnSecondRequest();
        await using Session session = new();
        await session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<ConnectionLostException>(() => session.SendAsync(awaited, method, server.Url, hasBody ? new() { Content = "content" } : null));

        Assert.Equal(2, server.Heads.Count);
    }

    [Fact]
    public async Task A_new_connection_that_closes_is_a_failure()
    {
        await using FaultyServer server = FaultyServer.Serve(async c => await c.ReadHeadAsync());
        await using Session session = new();

        ConnectionLostException e = await Assert.ThrowsAsync<ConnectionLostException>(() => session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Single(server.Heads);
        Assert.Equal(1, e.Attempts);
    }

    [Fact]
    public async Task Where_one_connection_had_died_no_other_of_its_kind_is_tried()
    {
        const int count = 4;
        int arrived = 0;
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FaultyServer server = FaultyServer.Serve(async c =>
        {
            // Every connection answers one request and takes another down with it; none answers before there are four.
            await c.ReadHeadAsync();
            if (Interlocked.Increment(ref arrived) == count) all.SetResult();
            await all.Task;
            await c.WriteAsync(Ok);
            await c.ReadHeadAsync();
        });
        await using Session session = new();
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken)));
        int before = server.Heads.Count;

        Response response = await session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);

        Assert.False(response.ConnectionReused);
        Assert.Equal(2, server.Heads.Count - before);
        Assert.Equal(count + 1, server.ConnectionCount);
    }

    [Fact]
    public async Task Content_that_is_read_only_once_is_not_sent_again()
    {
        await using FaultyServer server = ClosesOnSecondRequest();
        await using Session session = new();
        await session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<ConnectionLostException>(
            () => session.PutAsync(server.Url, new() { Content = Body.FromAsyncStream(Once()) }, TestContext.Current.CancellationToken));

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Once()
        {
            await Task.Yield();
            yield return "once"u8.ToArray();
        }
    }

    // The first connection answers one request, reads the next and closes; all others answer.
    private static FaultyServer ClosesOnSecondRequest()
    {
        int connections = 0;
        return FaultyServer.Serve(async c =>
        {
            int number = Interlocked.Increment(ref connections);
            while (await c.ReadHeadAsync() is not null)
            {
                if (number > 1) await Task.Yield();
                await c.WriteAsync(Ok);
                if (number > 1) continue;

                await c.ReadHeadAsync();
                return;
            }
        });
    }
}
