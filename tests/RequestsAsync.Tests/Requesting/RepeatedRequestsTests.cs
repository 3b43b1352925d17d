using System.Diagnostics;
using System.Globalization;

namespace RequestsAsync.Tests;

/// <summary>What a session keeps of one request for the next must never be heard of: each goes out as if it were the only one.</summary>
public sealed class RepeatedRequestsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_request_of_many_has_its_own_target_and_the_same_fields(bool awaited)
    {
        await using FaultyServer server = Repeating("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        await using Session session = new(new() { Headers = { ["X-Own"] = "1" } });
        foreach (string target in (string[])["/a", "/b?c=d", "/a", "/e", "/e"])
            await session.SendAsync(awaited, "GET", server.Url + target, options: null);

        string fields = server.Heads[0][server.Heads[0].IndexOf("\r\n", StringComparison.Ordinal)..];
        Assert.Contains("\r\nX-Own: 1\r\n", fields, StringComparison.Ordinal);
        Assert.Equal(1, server.ConnectionCount);
        Assert.Equal([.. ((string[])["/a", "/b?c=d", "/a", "/e", "/e"]).Select(target => $"GET {target} HTTP/1.1{fields}")], server.Heads);
    }

    [Fact]
    public async Task Another_method_other_fields_and_another_host_are_not_mixed_up()
    {
        await using FaultyServer server = Repeating("HTTP/1.1 204 No Content\r\n\r\n");
        await using FaultyServer other = Repeating("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using Session session = new();
        for (int round = 0; round < 3; round++)
        {
            await session.GetAsync(server.Url, cancellationToken: Token);
            await session.DeleteAsync(server.Url, cancellationToken: Token);
            await session.GetAsync(server.Url, new() { Headers = { ["X-Once"] = "1" } }, Token);
            await session.GetAsync(server.Url, new() { Cookies = { ["once"] = "1" } }, Token);
            await session.GetAsync(other.Url, cancellationToken: Token);
        }

        Assert.All(other.Heads, head => Assert.Contains($"\r\nHost: 127.0.0.1:{other.Port}\r\n", head, StringComparison.Ordinal));
        Assert.All(server.Heads, head => Assert.Contains($"\r\nHost: 127.0.0.1:{server.Port}\r\n", head, StringComparison.Ordinal));
        Assert.Equal(3, other.Heads.Count);
        Assert.Equal(3, server.Heads.Count(static head => head.StartsWith("DELETE / ", StringComparison.Ordinal)));
        Assert.Equal([2, 6, 10], Places(server.Heads, "\r\nX-Once: 1\r\n"));
        Assert.Equal([3, 7, 11], Places(server.Heads, "\r\nCookie: once=1\r\n"));
    }

    [Fact]
    public async Task A_cookie_of_the_jar_goes_with_the_requests_after_it_and_leaves_with_it()
    {
        await using FaultyServer server = Repeating("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        await using Session session = new();
        await session.GetAsync(server.Url, cancellationToken: Token);
        await session.GetAsync(server.Url, cancellationToken: Token);
        session.Cookies.Set("sid", "1", "127.0.0.1");
        await session.GetAsync(server.Url, cancellationToken: Token);
        await session.GetAsync(server.Url, cancellationToken: Token);
        session.Cookies.Clear();
        await session.GetAsync(server.Url, cancellationToken: Token);

        Assert.Equal([2, 3], Places(server.Heads, "\r\nCookie: sid=1\r\n"));
    }

    [Fact]
    public async Task A_trace_is_told_while_it_lasts()
    {
        await using FaultyServer server = Repeating("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        await using Session session = new();
        await session.GetAsync(server.Url, cancellationToken: Token);
        using (Activity activity = new("outer"))
        {
            activity.Start();
            await session.GetAsync(server.Url, cancellationToken: Token);
        }

        await session.GetAsync(server.Url, cancellationToken: Token);

        Assert.Equal([1], Places(server.Heads, "\r\ntraceparent: "));
    }

    [Fact]
    public async Task A_response_that_is_kept_still_knows_what_it_answered()
    {
        await using FaultyServer server = Repeating("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        await using Session session = new();
        Response first = await session.GetAsync(server.Url + "/first", cancellationToken: Token);
        await session.GetAsync(server.Url + "/second", new() { Cookies = { ["once"] = "1" } }, Token);
        await session.GetAsync(server.Url + "/third", cancellationToken: Token);

        HarRequest told = HarRequest.Of(first, int.MaxValue);

        Assert.Equal("/first", first.Url.Path);
        Assert.Equal(server.Url + "/first", told.Url);
        Assert.Equal(server.Heads[0], $"GET /first HTTP/1.1\r\n{string.Concat(told.Headers.Select(static field => $"{field.Key}: {field.Value}\r\n"))}\r\n");
    }

    [Fact]
    public async Task A_request_that_was_given_up_disturbs_none_after_it()
    {
        int answers = 0;
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            while (await connection.ReadHeadAsync() is { } request)
            {
                if (request.Target == "/never")
                {
                    await connection.WaitForCloseAsync();
                    return;
                }

                string body = Interlocked.Increment(ref answers).ToString(CultureInfo.InvariantCulture);
                await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            }
        });
        await using Session session = new();
        for (int round = 1; round <= 5; round++)
        {
            using CancellationTokenSource giveUp = new();
            Assert.Equal((2 * round) - 1, int.Parse((await session.GetAsync(server.Url + "/a", cancellationToken: Token)).Text, CultureInfo.InvariantCulture));
            Task<Response> never = session.GetAsync(server.Url + "/never", cancellationToken: giveUp.Token);
            Assert.Equal(2 * round, int.Parse((await session.GetAsync(server.Url + "/b", cancellationToken: Token)).Text, CultureInfo.InvariantCulture));
            await giveUp.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => never);
        }

        Assert.Equal(5, server.Heads.Count(static head => head.StartsWith("GET /a ", StringComparison.Ordinal)));
        Assert.Equal(5, server.Heads.Count(static head => head.StartsWith("GET /b ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Many_at_once_get_their_own_answers()
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            while (await connection.ReadHeadAsync() is { } request)
            {
                string target = request.Target;
                await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {target.Length}\r\n\r\n{target}");
            }
        });
        await using Session session = new();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async worker =>
        {
            for (int i = 0; i < 100; i++)
            {
                string target = string.Create(CultureInfo.InvariantCulture, $"/{worker}/{i % 3}");
                Assert.Equal(target, (await session.GetAsync(server.Url + target, cancellationToken: Token)).Text);
            }
        }));
    }

    [Fact]
    public async Task What_a_handler_of_the_callers_does_to_one_message_is_not_seen_in_the_next()
    {
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            while (await connection.ReadHeadAsync() is { } request)
                await connection.WriteAsync(request.Target == "/from" ? "HTTP/1.1 302 Found\r\nLocation: /to\r\nContent-Length: 0\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        using SocketsHttpHandler handler = new() { AllowAutoRedirect = true }; // takes the credentials out of the message on the way
        await using Session session = new(handler, new() { Headers = { ["Authorization"] = "Bearer mine" } }, disposeHandler: false);
        foreach (string target in (string[])["/from", "/next", "/from", "/last"])
            await session.GetAsync(server.Url + target, cancellationToken: Token);

        Assert.Equal(["/from", "/to", "/next", "/from", "/to", "/last"], server.Heads.Select(static head => head.Split(' ')[1]));
        Assert.Equal([0, 2, 3, 5], Places(server.Heads, "\r\nAuthorization: Bearer mine\r\n"));
    }

    private static FaultyServer Repeating(string answer) => FaultyServer.Start(script => script.ReadHead().Write(answer).Repeat());

    private static IEnumerable<int> Places(IReadOnlyList<string> heads, string part) =>
        heads.Select(static (head, at) => (head, at)).Where(pair => pair.head.Contains(part, StringComparison.OrdinalIgnoreCase)).Select(static pair => pair.at);
}
