using System.Collections.Concurrent;

namespace RequestsAsync.Tests;

/// <summary>A server that goes away in the middle of ten thousand requests and comes back.</summary>
[Collection(Alone.Name)]
public class RestartTests
{
    private const int Count = 10_000;

    [Fact]
    public async Task Idempotent_requests_all_succeed_the_others_fail_typed_and_none_is_sent_twice()
    {
        ConcurrentDictionary<string, int> seen = new();
        TaskCompletionSource halfway = new(TaskCreationOptions.RunContinuationsAsynchronously);
        FaultyServer server = Start(port: 0);
        int port = server.Port;
        await using Session session = new(new()
        {
            BaseAddress = server.Url + "/",
            Retry = Retry.Default with { Attempts = 12, Delay = TimeSpan.FromMilliseconds(100) },
        });
        Task restart = RestartAsync();

        IReadOnlyList<Outcome> outcomes = await session.GatherOutcomesAsync(
            Enumerable.Range(0, Count).Select(Describe), new() { MaxConcurrency = 64 }, TestContext.Current.CancellationToken);

        await restart;
        await server.DisposeAsync();
        foreach (Outcome outcome in outcomes)
        {
            bool isIdempotent = outcome.Request.Method == "PUT";
            if (isIdempotent || outcome.Succeeded) Assert.Equal(200, outcome.Response!.StatusCode);
            else Assert.IsType<ConnectionLostException>(outcome.Error);
        }

        string[] twice = [.. seen.Where(pair => pair.Value > 1 && pair.Key.StartsWith("POST", StringComparison.Ordinal)).Select(pair => pair.Key)];
        Assert.Empty(twice);
        Assert.True(outcomes.Count(outcome => !outcome.Succeeded) < 64);

        async Task RestartAsync()
        {
            await halfway.Task;
            await server.DisposeAsync();
            await Task.Delay(150);
            server = Start(port);
        }

        FaultyServer Start(int port) => FaultyServer.Serve(ServeAsync, new() { Port = port });

        async Task ServeAsync(FaultyConnection connection)
        {
            while (await connection.ReadHeadAsync() is { Head: var head })
            {
                string key = head[..head.IndexOf(" HTTP/", StringComparison.Ordinal)];
                seen.AddOrUpdate(key, 1, static (_, count) => count + 1);
                if (seen.Count >= Count / 2) halfway.TrySetResult();
                await connection.ReadTextAsync(4);
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
        }
    }

    private static Request Describe(int number) => new(number % 2 == 0 ? "PUT" : "POST", $"{number}", new() { Content = "body" });
}
