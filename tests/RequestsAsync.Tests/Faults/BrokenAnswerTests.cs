using System.IO.Compression;

namespace RequestsAsync.Tests;

/// <summary>Peers that break off, at each point where they can.</summary>
public class BrokenAnswerTests
{
    public static TheoryData<string, bool, bool> BreaksOff
    {
        get
        {
            TheoryData<string, bool, bool> cases = [];
            string[] answers =
            [
                "", // before the answer
                "HTT", // in the status line
                "HTTP/1.1 200 OK\r\nContent-Le", // in the head
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", // after the head
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789", // in the body
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", // before the first chunk
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n01234", // in a chunk
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n", // between two
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n", // in the trailers
            ];
            foreach (string answer in answers)
            {
                cases.Add(answer, false, true);
                cases.Add(answer, true, true);
                cases.Add(answer, false, false);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(BreaksOff))]
    public async Task Is_a_lost_connection(string answer, bool resets, bool awaited)
    {
        await using FaultyServer server = FaultyServer.Serve(async c =>
        {
            await c.ReadHeadAsync();
            await c.WriteAsync(answer);
            if (!resets) return;

            await Task.Delay(20, c.Stop); // a reset takes away what was not read yet
            c.Reset();
        });
        await using Session session = new();

        ConnectionLostException e = await Assert.ThrowsAsync<ConnectionLostException>(() => session.SendAsync(awaited, "GET", server.Url));

        Assert.Contains($"GET {server.Url}", e.Message);
        Assert.Single(server.Heads);
    }

    [Fact]
    public async Task A_head_without_end_is_no_http()
    {
        await using FaultyServer server = FaultyServer.Serve(async c =>
        {
            await c.ReadHeadAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\n");
            while (true)
                await c.WriteAsync("X-More: and more and more and more and more and more\r\n");
        });
        await using Session session = new();

        ProtocolException e = await Assert.ThrowsAsync<ProtocolException>(() => session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("MaxHeaderBytes", e.Message);
    }

    [Theory]
    [InlineData(8 << 10, false)]
    [InlineData(32 << 10, true)]
    public async Task How_large_a_head_may_be_is_the_sessions_say(int allowed, bool fits)
    {
        await using FaultyServer server = FaultyServer.Start($"HTTP/1.1 200 OK\r\nX-Large: {new string('x', 16 << 10)}\r\nContent-Length: 0\r\n\r\n");
        await using Session session = new(new() { MaxHeaderBytes = allowed });

        Task<Response> call = session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);

        if (fits) Assert.Equal(200, (await call).StatusCode);
        else await Assert.ThrowsAsync<ProtocolException>(() => call);
    }

    [Theory]
    [InlineData(true, CompressionLevel.Fastest)]
    [InlineData(false, CompressionLevel.Fastest)]
    [InlineData(true, CompressionLevel.SmallestSize)]
    public async Task A_gigabyte_of_zeros_is_refused_and_its_connection_closed(bool awaited, CompressionLevel level)
    {
        byte[] bomb = Zip(gigabytes: 1, level);
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FaultyServer server = FaultyServer.Serve(async c =>
        {
            await c.ReadHeadAsync();
            try
            {
                await c.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n");
                await c.WriteAsync(bomb);
                await c.WaitForCloseAsync();
            }
            finally
            {
                closed.TrySetResult();
            }
        });
        await using Session session = new();

        await Assert.ThrowsAsync<BodyTooLargeException>(() => session.SendAsync(awaited, "GET", server.Url));

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(1, server.ConnectionCount);
    }

    [Fact]
    public async Task More_than_the_content_length_is_not_the_next_answer()
    {
        await using FaultyServer server = FaultyServer.Start(script => script
            .ReadHead()
            .Write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged")
            .WaitForClose());
        await using Session session = new();

        Response first = await session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);
        Response second = await session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("ok", first.Text);
        Assert.Equal("ok", second.Text);
        Assert.False(second.ConnectionReused);
    }

    [Fact]
    public async Task Nobody_listens()
    {
        FaultyServer server = FaultyServer.Start("");
        await server.DisposeAsync();
        await using Session session = new();

        ConnectException e = await Assert.ThrowsAsync<ConnectException>(() => session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("connection refused", e.Message);
    }

    private static byte[] Zip(int gigabytes, CompressionLevel level)
    {
        byte[] block = new byte[1 << 20];
        using MemoryStream zipped = new();
        using (GZipStream gzip = new(zipped, level, leaveOpen: true))
        {
            for (int i = 0; i < gigabytes << 10; i++)
                gzip.Write(block);
        }

        return zipped.ToArray();
    }
}
