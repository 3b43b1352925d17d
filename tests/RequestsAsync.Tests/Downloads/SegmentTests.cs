namespace RequestsAsync.Tests;

public sealed class SegmentTests : IDisposable
{
    private const int Length = 800_000;

    private readonly DownloadFolder _folder = new();
    private readonly byte[] _content = FileServer.Bytes(Length);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_large_file_is_fetched_in_parts_at_once()
    {
        await using FileServer server = new(_content);
        DownloadResult result = await DownloadAsync(server);

        _folder.AssertDone(_content);
        Assert.Equal(4, result.Segments);
        Assert.Equal([null, "bytes=200000-399999", "bytes=400000-599999", "bytes=600000-799999"], server.Ranges.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(1, 1, 4)]
    [InlineData(4, Length + 1, 4)]
    [InlineData(4, 1, 1)]
    public async Task It_is_one_request_where_that_is_asked_for_or_the_file_is_small_or_the_session_allows_no_more(int segments, int threshold, int limit)
    {
        await using FileServer server = new(_content);
        await using Session session = new(new() { Limits = new() { MaxConnectionsPerHost = limit } });
        DownloadResult result = await session.DownloadAsync(server.Url, _folder.Target, new() { Segments = segments, SegmentThreshold = threshold }, Token);

        _folder.AssertDone(_content);
        Assert.Equal(1, result.Segments);
        Assert.Equal([null], server.Ranges);
    }

    [Fact]
    public async Task Without_a_validator_a_file_is_not_put_together_of_parts()
    {
        await using FileServer server = new(_content) { ETag = null };
        Assert.Equal(1, (await DownloadAsync(server)).Segments);
        _folder.AssertDone(_content);
    }

    [Fact]
    public async Task Each_part_goes_on_by_itself()
    {
        await using FileServer server = new(_content) { Cut = number => number < 12 ? 70_000 : null };
        await DownloadAsync(server);

        _folder.AssertDone(_content);
    }

    [Fact]
    public async Task A_part_that_fails_for_good_ends_the_others_and_what_is_there_is_kept()
    {
        await using FileServer server = new(_content);
        server.Instead = (_, head) => head.Contains("bytes=4", StringComparison.Ordinal) ? "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"u8.ToArray() : null;
        var e = await Assert.ThrowsAsync<HttpStatusException>(() => DownloadAsync(server));
        Assert.Equal(403, e.StatusCode);

        server.Instead = null;
        int before = server.Heads.Count;
        DownloadResult result = await DownloadAsync(server);
        _folder.AssertDone(_content);
        if (result.ResumedBytes > 0) Assert.All(server.Ranges.Skip(before), Assert.NotNull);
    }

    [Fact]
    public async Task A_file_that_changes_between_its_parts_begins_anew()
    {
        byte[] other = FileServer.Bytes(Length, seed: 2);
        await using FileServer server = new(_content);
        server.Before = number =>
        {
            if (number == 3) (server.Content, server.ETag) = (other, "\"v2\"");
        };
        await DownloadAsync(server);

        _folder.AssertDone(other);
    }

    [Theory]
    [InlineData("bytes 0-199999/800000")] // another place
    [InlineData("bytes 200000-399999/900000")] // another length
    [InlineData("bytes 200000-300000/800000")] // not as much as came
    [InlineData("bytes 200000-199999/800000")]
    [InlineData("bytes */800000")]
    [InlineData("nonsense")]
    public async Task A_range_that_lies_is_not_used(string range)
    {
        byte[] lie = FileServer.Bytes(200_000, seed: 9);
        await using FileServer server = new(_content);
        server.Instead = (_, head) => head.Contains("bytes=200000-", StringComparison.Ordinal) ? server.Part(range, lie) : null;
        try
        {
            await DownloadAsync(server);
            _folder.AssertDone(_content);
        }
        catch (DownloadException e)
        {
            Assert.Equal(DownloadProblem.SourceChanged, e.Problem);
            Assert.Equal("bytes 200000-399999/900000", range);
            Assert.False(File.Exists(_folder.Target));
        }
    }

    [Theory]
    [InlineData("Content-Encoding: gzip\r\n")]
    [InlineData("Content-Encoding: zstd\r\n")]
    public async Task A_coded_range_is_not_used(string field)
    {
        await using FileServer server = new(_content);
        server.Instead = (_, head) => head.Contains("bytes=200000-", StringComparison.Ordinal) ? server.Part("bytes 200000-399999/800000", FileServer.Bytes(200_000, 9), field) : null;
        Assert.Equal(4, (await DownloadAsync(server)).Segments);

        _folder.AssertDone(_content);
        Assert.Null(server.Ranges.Last());
    }

    [Fact]
    public async Task A_range_with_the_tag_of_another_file_is_not_used()
    {
        await using FileServer server = new(_content);
        server.Instead = (number, head) => number < 5 && head.Contains("bytes=200000-", StringComparison.Ordinal)
            ? [.. "HTTP/1.1 206 Partial Content\r\nETag: \"v9\"\r\nContent-Range: bytes 200000-399999/800000\r\nContent-Length: 200000\r\n\r\n"u8, .. FileServer.Bytes(200_000, 9)]
            : null;
        await DownloadAsync(server);

        _folder.AssertDone(_content);
    }

    [Fact]
    public async Task A_shorter_range_than_asked_for_is_followed_by_another_question()
    {
        await using FileServer server = new(_content);
        server.Instead = (_, head) => head.Contains("bytes=200000-", StringComparison.Ordinal) ? server.Part("bytes 200000-249999/800000", _content.AsSpan(200_000, 50_000)) : null;
        await DownloadAsync(server);

        _folder.AssertDone(_content);
        Assert.Contains("bytes=250000-399999", server.Ranges);
    }

    [Fact]
    public async Task A_longer_range_than_asked_for_is_read_up_to_what_was_asked()
    {
        await using FileServer server = new(_content);
        server.Instead = (_, head) => head.Contains("bytes=200000-", StringComparison.Ordinal) ? server.Part("bytes 200000-799999/800000", _content.AsSpan(200_000)) : null;
        await DownloadAsync(server);

        _folder.AssertDone(_content);
    }

    [Fact]
    public async Task A_range_that_is_refused_begins_anew()
    {
        await using FileServer server = new(_content);
        server.Instead = (number, head) => number < 6 && head.Contains("bytes=200000-", StringComparison.Ordinal)
            ? "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */100\r\nContent-Length: 0\r\n\r\n"u8.ToArray() : null;
        await DownloadAsync(server);

        _folder.AssertDone(_content);
    }

    [Fact]
    public async Task A_server_that_only_says_that_it_has_ranges_is_believed_once()
    {
        await using FileServer server = new(_content) { HasRanges = false, Fields = "Accept-Ranges: bytes\r\n" };
        await DownloadAsync(server);

        _folder.AssertDone(_content);
    }

    private Task<DownloadResult> DownloadAsync(FileServer server) =>
        Requests.DownloadAsync(server.Url, _folder.Target, new() { SegmentThreshold = 1, Retry = DownloadFolder.Eager }, Token);
}
