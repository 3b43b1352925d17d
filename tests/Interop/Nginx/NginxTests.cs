namespace RequestsAsync.Interop;

/// <summary>Files from nginx: whole, compressed, in part, moved and slow.</summary>
public sealed class NginxTests(NginxServer server) : IClassFixture<NginxServer>, IAsyncLifetime
{
    private readonly Session _session = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    [Fact]
    public async Task A_file_is_read()
    {
        Response response = await _session.GetAsync(server.Url("/plain.txt"), cancellationToken: Cancellation);

        Assert.Equal(NginxServer.Plain, response.Text);
        Assert.Equal("text/plain", response.Headers["Content-Type"]);
        Assert.Null(response.Headers["Content-Encoding"]);
    }

    [Fact]
    public async Task A_compressed_file_is_unpacked()
    {
        Response response = await _session.GetAsync(server.Url("/zipped/plain.txt"), cancellationToken: Cancellation);

        Assert.Equal("gzip", response.Headers["Content-Encoding"]);
        Assert.Equal(NginxServer.Plain, response.Text);
    }

    [Fact]
    public async Task Compression_is_not_asked_for_where_the_header_is_taken_away()
    {
        Response response = await _session.GetAsync(server.Url("/zipped/plain.txt"), new() { Headers = { ["Accept-Encoding"] = null } }, Cancellation);

        Assert.Null(response.Headers["Content-Encoding"]);
        Assert.Equal(NginxServer.Plain, response.Text);
    }

    [Theory]
    [InlineData("bytes=10-19", 10, 10)]
    [InlineData("bytes=-5", (1 << 20) - 5, 5)]
    [InlineData("bytes=1048000-", 1048000, 576)]
    public async Task A_range_is_part_of_the_file(string range, int start, int length)
    {
        Response response = await _session.GetAsync(server.Url("/big.bin"), new() { Headers = { ["Range"] = range } }, Cancellation);

        Assert.Equal(206, response.StatusCode);
        Assert.Equal($"bytes {start}-{start + length - 1}/{1 << 20}", response.Headers["Content-Range"]);
        Assert.True(response.Content.Span.SequenceEqual(NginxServer.Big.AsSpan(start, length)));
    }

    [Fact]
    public async Task A_range_past_the_end_is_refused()
    {
        Response response = await _session.GetAsync(server.Url("/big.bin"), new() { Headers = { ["Range"] = "bytes=1048576-" } }, Cancellation);

        Assert.Equal(416, response.StatusCode);
    }

    [Fact]
    public async Task A_moved_page_is_found()
    {
        Response response = await _session.GetAsync(server.Url("/moved"), cancellationToken: Cancellation);

        Assert.Equal("<p>page</p>\n", response.Text);
        Assert.Equal("/page.html", response.Url.Path);
        Assert.Equal(301, Assert.Single(response.History).StatusCode);
    }

    [Fact]
    public async Task A_308_keeps_method_and_content()
    {
        Response response = await _session.PutAsync(server.Url("/kept"), new() { Content = "12345" }, Cancellation);

        Assert.Equal("PUT 5", response.Text);
        Assert.Equal(308, Assert.Single(response.History).StatusCode);
    }

    [Fact]
    public async Task A_connection_serves_many_requests()
    {
        List<Response> responses = [];
        for (int i = 0; i < 5; i++)
            responses.Add(await _session.GetAsync(server.Url("/plain.txt"), cancellationToken: Cancellation));

        Assert.Single(responses.Select(response => response.Headers["X-Connection"]).Distinct());
        Assert.Equal("5", responses[^1].Headers["X-Requests"]);
    }

    [Fact]
    public async Task A_slow_megabyte_is_read_whole()
    {
        Response response = await _session.GetAsync(server.Url("/slow/big.bin"), cancellationToken: Cancellation);

        Assert.True(response.Content.Span.SequenceEqual(NginxServer.Big));
    }

    [Fact]
    public async Task A_slow_megabyte_is_streamed()
    {
        await using Response response = await _session.StreamAsync("GET", server.Url("/slow/big.bin"), cancellationToken: Cancellation);

        using MemoryStream whole = new();
        int chunks = 0;
        await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync(Cancellation))
        {
            chunks++;
            whole.Write(chunk.Span);
        }

        Assert.True(chunks > 1);
        Assert.Equal(NginxServer.Big, whole.ToArray());
    }
}
