namespace RequestsAsync.Tests;

/// <summary>A body whose connection was taken away is never taken for a whole one.</summary>
public sealed class CutOffTests
{
    private const string Part = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n0123456789";
    private const string ChunkedPart = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n";

    [Theory]
    [InlineData(Part)]
    [InlineData(ChunkedPart)]
    public async Task A_timeout_between_two_reads_is_a_timeout(string part)
    {
        ManualTime time = new();
        await using FaultyServer server = Server(part);
        await using Session session = new(new() { TimeProvider = time });
        await using Response response = await session.StreamAsync("GET", server.Url, new() { Timeout = TimeSpan.FromSeconds(5) });
        await using Stream body = response.OpenStream();
        await body.ReadExactlyAsync(new byte[10]);

        time.Advance(TimeSpan.FromSeconds(5));

        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(async () => await body.ReadExactlyAsync(new byte[10]));
        Assert.Equal(TimeoutPhase.Total, e.Phase);
    }

    [Theory]
    [InlineData(Part)]
    [InlineData(ChunkedPart)]
    public async Task A_disposed_session_ends_its_streams_with_an_error(string part)
    {
        await using FaultyServer server = Server(part);
        Session session = new();
        await using Response response = await session.StreamAsync("GET", server.Url);
        await using Stream body = response.OpenStream();
        await body.ReadExactlyAsync(new byte[10]);

        await session.DisposeAsync();

        Assert.Throws<ObjectDisposedException>(() => body.ReadExactly(new byte[10]));
    }

    [Fact]
    public async Task A_file_is_not_saved_of_half_a_body()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        ManualTime time = new();
        await using FaultyServer server = Server(Part);
        await using Session session = new(new() { TimeProvider = time });
        await using Response response = await session.StreamAsync("GET", server.Url, new() { Timeout = TimeSpan.FromSeconds(5) });

        await Assert.ThrowsAsync<RequestTimeoutException>(() => response.SaveAsync(path, new Now(_ => time.Advance(TimeSpan.FromSeconds(5)))));

        Assert.False(File.Exists(path));
        Assert.Throws<BodyConsumedException>(() => response.Text);
    }

    [Fact]
    public async Task Cancelling_before_the_stream_is_handed_over_is_not_lost()
    {
        await using FaultyServer server = Server(Part);
        using CancellationTokenSource cancel = new();
        await using Session session = new(new() { Hooks = { OnResponse = async (_, _) => await cancel.CancelAsync() } });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => session.StreamAsync("GET", server.Url, null, cancel.Token));
    }

    [Fact]
    public async Task One_stream_is_sent_by_one_request_at_a_time()
    {
        await using Session session = new(new MemoryHandler(async (message, ct) =>
        {
            using MemoryStream received = new();
            await message.Content!.CopyToAsync(received, ct);
            return MemoryHandler.Ok(received.ToArray());
        }));
        Request request = Request.Post("http://h/", new() { Content = new SlowStream(new byte[300_000]) });

        IReadOnlyList<Outcome> outcomes = await session.GatherOutcomesAsync(Enumerable.Repeat(request, 8));

        Assert.Contains(outcomes, outcome => outcome.Succeeded);
        Assert.All(outcomes, outcome => Assert.True(
            outcome.Succeeded ? outcome.Response.Content.Length == 300_000 : outcome.Error is InvalidRequestException, outcome.ToString()));
    }

    [Fact]
    public async Task A_hook_s_own_timeout_is_not_the_request_s()
    {
        await using Session session = new(
            new MemoryHandler(_ => MemoryHandler.Ok()),
            new() { Hooks = { OnRequest = (_, _) => throw new TaskCanceledException("mine", new TimeoutException()) } });
        Assert.Equal("mine", (await Assert.ThrowsAsync<TaskCanceledException>(() => session.GetAsync("http://h/"))).Message);
    }

    [Fact]
    public async Task A_session_may_be_disposed_by_many_at_once()
    {
        for (int i = 0; i < 200; i++)
        {
            Session session = new();
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await session.DisposeAsync())));
        }
    }

    private static FaultyServer Server(string answer) => FaultyServer.Start(script => script.ReadHead().Write(answer).WaitForClose());

    private sealed class Now(Action<TransferProgress> report) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => report(value);
    }

    private sealed class SlowStream(byte[] content) : MemoryStream(content)
    {
        public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            byte[] buffer = new byte[1000];
            while (Read(buffer, 0, buffer.Length) is > 0 and int read)
            {
                await Task.Yield();
                await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
    }
}
