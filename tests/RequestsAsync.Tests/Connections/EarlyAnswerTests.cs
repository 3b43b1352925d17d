using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync.Tests;

/// <summary>A server that answers while content is still being sent is heard, whatever it does with its connection then.</summary>
public class EarlyAnswerTests
{
    private const string TooLarge = "HTTP/1.1 413 Content Too Large\r\nContent-Length: 9\r\n\r\ntoo large";

    private const string Small = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static readonly byte[] Huge = new byte[64 << 20];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Calls.AwaitedAndBlocking), MemberType = typeof(Calls))]
    public async Task Who_refuses_and_closes_is_heard(bool awaited)
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().Discard(100_000).Write(TooLarge));
        await using Session session = new();

        Response response = await session.SendAsync(awaited, "POST", server.Url, new() { Content = Huge });

        Assert.Equal(413, response.StatusCode);
        Assert.Equal("too large", response.Text);
    }

    [Fact]
    public async Task Who_refuses_and_then_neither_reads_nor_closes_is_heard_at_once()
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().Write(TooLarge).Never());
        await using Session session = new();

        Response response = await session.PostAsync(server.Url, new() { Content = Huge }, TestContext.Current.CancellationToken);

        Assert.Equal("too large", response.Text);
    }

    [Fact]
    public async Task A_source_is_read_no_further_than_the_server_wants()
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().Write(TooLarge).Never());
        await using Session session = new();
        const long length = 8L << 30;
        using GeneratedStream source = new(length, canSeek: true);

        Response response = await session.PostAsync(server.Url, new() { Content = source }, TestContext.Current.CancellationToken);

        Assert.Equal(413, response.StatusCode);
        Assert.InRange(source.Position, 0, 256 << 20);
    }

    [Fact]
    public async Task Content_without_a_known_length_too()
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().Write(TooLarge).Never());
        await using Session session = new();

        Response response = await session.PostAsync(server.Url, new() { Content = Body.FromAsyncStream(Endless()) }, TestContext.Current.CancellationToken);

        Assert.Equal(413, response.StatusCode);

        static async IAsyncEnumerable<ReadOnlyMemory<byte>> Endless()
        {
            byte[] piece = new byte[64 << 10];
            while (true)
            {
                await Task.Yield();
                yield return piece;
            }
        }
    }

    [Fact]
    public async Task A_connection_that_was_left_in_the_middle_of_a_request_carries_no_other()
    {
        int connections = 0;
        await using FaultyServer server = FaultyServer.Serve(async c =>
        {
            Interlocked.Increment(ref connections);
            string head = (await c.ReadHeadAsync())!.Head;
            if (head.StartsWith("POST", StringComparison.Ordinal)) await c.WriteAsync(TooLarge);
            else await c.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            await Task.Delay(Timeout.Infinite, c.Stop); // and reads no more, so that the rest cannot go out by chance
        });
        await using Session session = new();

        Response refused = await session.PostAsync(server.Url, new() { Content = Huge }, TestContext.Current.CancellationToken);
        Response next = await session.PutAsync(server.Url, new() { Content = "small" }, TestContext.Current.CancellationToken);

        Assert.Equal(413, refused.StatusCode);
        Assert.Equal("ok", next.Text);
        Assert.False(next.ConnectionReused);
        Assert.Equal(2, connections);
    }

    // The transport begins to read when it takes such a connection: the answer comes to that read.
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Over_a_connection_that_was_used_before_too(bool isSecure, bool isPolled)
    {
        using TestAuthority authority = new();
        using X509Certificate2 certificate = authority.Issue("127.0.0.1");
        await using FaultyServer server = FaultyServer.Start(script =>
            (isSecure ? script.UseTls(certificate) : script).ReadHead().Write(Small).ReadHead().Write(TooLarge).Never());
        await using Session session = new(new() { Tls = new() { Ca = { authority.Certificate } } });

        await RunAsync(isPolled, async () =>
        {
            await session.GetAsync(isSecure ? server.SecureUrl : server.Url, cancellationToken: Token);
            Response response = await session.PostAsync(isSecure ? server.SecureUrl : server.Url, new() { Content = Huge }, Token);

            Assert.True(response.ConnectionReused);
            Assert.Equal("too large", response.Text);
        });
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Content_over_a_connection_that_was_used_before_gets_its_answer_whole_however_long_it_is(bool isSecure, bool isPolled)
    {
        using TestAuthority authority = new();
        using X509Certificate2 certificate = authority.Issue("127.0.0.1");
        string text = string.Concat(Enumerable.Range(0, 50_000).Select(static i => $"{i} "));
        string answer = $"HTTP/1.1 200 OK\r\nContent-Length: {text.Length}\r\n\r\n";
        await using FaultyServer server = FaultyServer.Start(script =>
        {
            if (isSecure) script.UseTls(certificate);
            for (int i = 0; i < 3; i++) script.ReadHead().Write(Small).ReadHead().Discard(Huge.Length).Write(answer).Write(text);
        });
        await using Session session = new(new() { Tls = new() { Ca = { authority.Certificate } } });

        await RunAsync(isPolled, async () =>
        {
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal("ok", (await session.GetAsync(isSecure ? server.SecureUrl : server.Url, cancellationToken: Token)).Text);
                Response response = await session.PutAsync(isSecure ? server.SecureUrl : server.Url, new() { Content = Huge }, Token);

                Assert.True(response.ConnectionReused);
                Assert.Equal(text, response.Text);
            }
        });
    }

    [Fact]
    public async Task An_interim_answer_is_none()
    {
        await using FaultyServer server = FaultyServer.Serve(async c =>
        {
            await c.ReadHeadAsync();
            await c.WriteAsync("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n");
            long got = await c.DiscardAsync(Huge.Length);
            await c.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {got.ToString().Length}\r\n\r\n{got}");
        });
        await using Session session = new();

        Response response = await session.PostAsync(server.Url, new() { Content = Huge }, TestContext.Current.CancellationToken);

        Assert.Equal($"{Huge.Length}", response.Text);
    }

    [Fact]
    public async Task A_success_that_comes_early_waits_for_the_rest()
    {
        await using FaultyServer server = FaultyServer.Serve(async c =>
        {
            await c.ReadHeadAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            long got = await c.DiscardAsync(Huge.Length);
            await c.WriteAsync($"8\r\n{got,8}\r\n0\r\n\r\n");
        });
        await using Session session = new();

        Response response = await session.PostAsync(server.Url, new() { Content = Huge }, TestContext.Current.CancellationToken);

        Assert.Equal($"{Huge.Length}", response.Text.Trim());
    }

    [Theory]
    [MemberData(nameof(Calls.AwaitedAndBlocking), MemberType = typeof(Calls))]
    public async Task Who_closes_without_an_answer_is_a_lost_connection(bool awaited)
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().Discard(100_000).Reset());
        await using Session session = new();

        await Assert.ThrowsAsync<ConnectionLostException>(() => session.SendAsync(awaited, "POST", server.Url, new() { Content = Huge }));
    }

    private static Task RunAsync(bool isPolled, Func<Task> test) => isPolled ? PollingLoop.RunAsync(test) : test();
}
