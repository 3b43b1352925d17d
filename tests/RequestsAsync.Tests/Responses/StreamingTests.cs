using System.Text;

namespace RequestsAsync.Tests;

public sealed class StreamingTests(BinFixture bin)
{
    [Fact]
    public async Task A_streamed_response_has_its_headers_before_its_body()
    {
        await using Session session = new();
        await using Response response = await session.StreamAsync("GET", bin.Url + "/stream-bytes/50000");

        BodyNotReadException e = Assert.Throws<BodyNotReadException>(() => response.Text);
        Assert.Contains("await r.ReadAsync() first", e.Message, StringComparison.Ordinal);

        int count = 0;
        await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync())
            count += chunk.Length;

        Assert.Equal(50000, count);
        Assert.Throws<BodyConsumedException>(() => response.Content);
        Assert.Throws<BodyConsumedException>(() => response.OpenStream());
        await Assert.ThrowsAsync<BodyConsumedException>(async () => await response.ReadAsync());
    }

    [Fact]
    public async Task Reading_the_body_makes_it_an_ordinary_response()
    {
        await using Session session = new();
        await using Response response = await session.StreamAsync("GET", bin.Url + "/encoding/utf8");

        Assert.Equal((await response.ReadAsync()).Length, response.Content.Length);
        Assert.Equal(response.Text, Encoding.UTF8.GetString(response.Content.Span));
        Assert.Equal(response.Content.ToArray(), (await response.ReadAsync()).ToArray());
        await response.DisposeAsync();
        Assert.NotEmpty(response.Text);
    }

    [Fact]
    public void A_blocking_stream_reads_without_a_task()
    {
        using Session session = new();
        using Response response = session.Stream("GET", bin.Url + "/bytes/20000");
        using Stream stream = response.OpenStream();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        Assert.Equal(20000, copy.Length);

        using Response second = session.Stream("GET", bin.Url + "/bytes/100");
        Assert.Equal(100, second.Read().Length);
    }

    [Fact]
    public async Task A_buffered_response_streams_too()
    {
        await using Session session = new();
        Response response = await session.GetAsync(bin.Url + "/bytes/100");
        await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync())
            Assert.Equal(100, chunk.Length);
        await using Stream stream = response.OpenStream();
        Assert.Equal(100, await stream.ReadAsync(new byte[200]));
    }

    [Fact]
    public async Task A_connection_is_used_again_after_the_body_was_read()
    {
        int connections = 0;
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            Interlocked.Increment(ref connections);
            while (await connection.ReadHeadAsync() is not null)
                await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
        });
        await using Session session = new();
        for (int i = 0; i < 5; i++)
        {
            await using Response response = await session.StreamAsync("GET", server.Url);
            Assert.Equal("abc", Encoding.ASCII.GetString((await response.ReadAsync()).Span));
        }

        Assert.Equal(1, connections);
    }

    [Fact]
    public async Task Disposing_an_unread_response_closes_its_connection()
    {
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadHeadAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabc");
            try
            {
                await connection.WaitForCloseAsync();
            }
            finally
            {
                closed.SetResult();
            }
        });
        await using Session session = new();
        await using (await session.StreamAsync("GET", server.Url))
        {
        }

        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task The_total_timeout_of_a_stream_covers_its_body()
    {
        await using Session session = new();
        await using Response response = await session.StreamAsync("GET", bin.Url + "/drip?duration=30&numbytes=30", new() { Timeout = TimeSpan.FromMilliseconds(300) });

        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(async () => await response.ReadAsync());
        Assert.Equal(TimeoutPhase.Total, e.Phase);
        Assert.Same(response, e.Response);
    }

    [Fact]
    public async Task Leaving_the_chunks_early_ends_the_response()
    {
        await using Session session = new();
        await using Response response = await session.StreamAsync("GET", bin.Url + "/drip?duration=30&numbytes=30&delay=0");
        await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync())
        {
            Assert.NotEqual(0, chunk.Length);
            break;
        }

        Assert.Throws<BodyConsumedException>(() => response.Text);
    }

    [Fact]
    public async Task The_reader_s_own_token_ends_the_reading()
    {
        await using Session session = new();
        await using Response response = await session.StreamAsync("GET", bin.Url + "/drip?duration=30&numbytes=3&delay=0");
        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await response.ReadAsync(cancel.Token));
    }
}
