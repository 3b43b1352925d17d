using System.Security.Cryptography;

namespace RequestsAsync.Tests;

public sealed class ResumeTests : IDisposable
{
    private readonly DownloadFolder _folder = new();
    private readonly byte[] _content = FileServer.Bytes(900_000);
    private readonly byte[] _other = FileServer.Bytes(900_000, seed: 2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_lost_connection_is_continued_where_it_stopped()
    {
        await using FileServer server = new(_content) { Cut = number => number < 4 ? 200_000 : null };
        DownloadResult result = await DownloadAsync(server);

        _folder.AssertDone(_content);
        Assert.Equal([null, "bytes=200000-899999", "bytes=400000-899999", "bytes=600000-899999"], server.Ranges);
        Assert.All(server.Heads.Skip(1), head => Assert.Contains("If-Range: \"v1\"\r\n", head, StringComparison.Ordinal));
        Assert.Equal(0, result.ResumedBytes);
    }

    [Fact]
    public async Task A_later_call_continues_what_an_earlier_one_left()
    {
        await using FileServer server = new(_content);
        await _folder.InterruptAsync(server, 300_000);
        Assert.Equal(["data.bin.part", "data.bin.part.json"], _folder.Names);
        DownloadResult result = await DownloadAsync(server);

        _folder.AssertDone(_content);
        Assert.Equal("bytes=300000-899999", server.Ranges.Last());
        Assert.Equal(300_000, result.ResumedBytes);
    }

    [Fact]
    public async Task A_cancelled_download_keeps_what_it_has()
    {
        await using FileServer server = new(_content) { Instead = (_, _) => [.. "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: 900000\r\n\r\n"u8, .. _content.AsSpan(0, 500_000)] };
        using CancellationTokenSource stop = new();
        Watcher watcher = new(report =>
        {
            if (report.Bytes > 0) stop.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Requests.DownloadAsync(server.Url, _folder.Target, new() { Progress = watcher }, stop.Token));

        server.Instead = null;
        DownloadResult result = await DownloadAsync(server);
        _folder.AssertDone(_content);
        Assert.NotEqual(0, result.ResumedBytes);
    }

    [Fact]
    public async Task In_a_folder_an_earlier_download_is_found_by_the_name_that_the_server_gives()
    {
        await using FileServer server = new(_content) { Fields = "Content-Disposition: attachment; filename=data.bin\r\n" };
        await _folder.InterruptAsync(server, 300_000);
        DownloadResult result = await Requests.DownloadAsync(server.Url, _folder.FullPath, cancellationToken: Token);

        _folder.AssertDone(_content);
        Assert.Equal(300_000, result.ResumedBytes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_changed_between_two_calls_begins_anew(bool sameLength)
    {
        await using FileServer server = new(_content);
        await _folder.InterruptAsync(server, 300_000);
        (server.Content, server.ETag) = (sameLength ? _other : _other[..200_000], "\"v2\"");
        DownloadResult result = await DownloadAsync(server);

        _folder.AssertDone(server.Content);
        Assert.Equal(0, result.ResumedBytes);
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_downloaded_begins_anew()
    {
        await using FileServer server = new(_content) { Cut = number => number == 1 ? 300_000 : null };
        server.Before = number =>
        {
            if (number == 2) (server.Content, server.ETag) = (_other, "\"v2\"");
        };
        await DownloadAsync(server);

        _folder.AssertDone(_other);
        Assert.Equal(2, server.Heads.Count); // the answer to the question for the rest was the new file
    }

    [Fact]
    public async Task A_file_that_never_stays_the_same_is_given_up()
    {
        await using FileServer server = new(_content) { Cut = _ => 100_000 };
        server.Before = number => server.ETag = $"\"v{number}\"";
        await Assert.ThrowsAnyAsync<RequestException>(() => DownloadAsync(server));

        Assert.InRange(server.Heads.Count, 4, 10);
    }

    [Theory]
    [InlineData("W/\"weak\"", "")]
    [InlineData(null, "")]
    [InlineData(null, "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nDate: Thu, 01 Jan 2026 00:00:30 GMT\r\n")]
    [InlineData("W/\"weak\"", "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nDate: Thu, 01 Jan 2026 00:10:00 GMT\r\n")]
    public async Task Without_a_strong_validator_it_begins_anew(string? tag, string fields)
    {
        await using FileServer server = new(_content) { ETag = tag, Fields = fields };
        await _folder.InterruptAsync(server, 300_000);
        server.Content = _other;
        DownloadResult result = await DownloadAsync(server);

        _folder.AssertDone(_other);
        Assert.Equal(0, result.ResumedBytes);
        Assert.All(server.Ranges, Assert.Null);
    }

    [Fact]
    public async Task A_date_that_is_old_enough_is_a_validator()
    {
        const string Modified = "Thu, 01 Jan 2026 00:00:00 GMT";
        await using FileServer server = new(_content) { ETag = null, Fields = $"Last-Modified: {Modified}\r\nDate: Thu, 01 Jan 2026 00:01:00 GMT\r\n" };
        await _folder.InterruptAsync(server, 300_000);
        server.ETag = Modified; // what the server compares with
        await DownloadAsync(server);

        _folder.AssertDone(_content);
        Assert.Contains($"If-Range: {Modified}\r\n", server.Heads[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_validator_the_length_is_enough_where_that_is_asked_for()
    {
        await using FileServer server = new(_content) { ETag = null };
        await _folder.InterruptAsync(server, 300_000);
        DownloadResult result = await DownloadAsync(server, new() { ResumeUnvalidated = true });

        _folder.AssertDone(_content);
        Assert.Equal(300_000, result.ResumedBytes);
        Assert.DoesNotContain("If-Range", server.Heads[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_earlier_call_left_stays_when_this_one_gets_nothing()
    {
        await using FileServer server = new(_content) { ETag = null };
        await _folder.InterruptAsync(server, 300_000);
        server.Instead = (_, _) => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"u8.ToArray();
        await Assert.ThrowsAsync<HttpStatusException>(() => DownloadAsync(server));

        server.Instead = null;
        Assert.Equal(300_000, (await DownloadAsync(server, new() { ResumeUnvalidated = true })).ResumedBytes);
        _folder.AssertDone(_content);
    }

    [Fact]
    public async Task Without_a_validator_a_checksum_finds_out_that_the_halves_do_not_fit()
    {
        await using FileServer server = new(_content) { ETag = null };
        await _folder.InterruptAsync(server, 300_000);
        server.Content = _other;
        DownloadResult result = await DownloadAsync(server, new() { Checksum = Checksum.Parse("sha256=" + Convert.ToHexString(SHA256.HashData(_other))) });

        _folder.AssertDone(_other);
        Assert.Equal(["bytes=300000-899999", null], server.Ranges.Skip(1));
        Assert.Equal(0, result.ResumedBytes);
    }

    [Fact]
    public async Task A_server_without_ranges_begins_anew()
    {
        await using FileServer server = new(_content) { HasRanges = false, Cut = number => number == 1 ? 300_000 : null };
        await DownloadAsync(server);

        _folder.AssertDone(_content);
    }

    [Fact]
    public async Task A_download_without_a_length_is_continued()
    {
        await using FileServer server = new(_content) { IsChunked = true, Cut = number => number < 3 ? 300_000 : null };
        await DownloadAsync(server);

        _folder.AssertDone(_content);
        Assert.StartsWith("bytes=", server.Ranges.Last(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"version\":1,\"urlSha256\":\"")]
    [InlineData("[]")]
    [InlineData("{\"version\":2}")]
    [InlineData("{\"version\":1,\"urlSha256\":\"0\",\"ETag\":\"\\\"v1\\\"\",\"length\":900000,\"done\":[0,300000]}")]
    public async Task A_torn_or_foreign_side_file_begins_anew(string side)
    {
        await using FileServer server = new(_content);
        await File.WriteAllBytesAsync(_folder.Part, _other, Token);
        await File.WriteAllTextAsync(_folder.Side, side, Token);
        await DownloadAsync(server);

        _folder.AssertDone(_content);
        Assert.Equal([null], server.Ranges);
    }

    [Fact]
    public async Task A_claim_of_what_is_not_on_disk_is_not_believed()
    {
        await using FileServer server = new(_content);
        await _folder.InterruptAsync(server, 300_000);
        await using (FileStream part = new(_folder.Part, FileMode.Open)) part.SetLength(299_999);
        await DownloadAsync(server);

        _folder.AssertDone(_content);
        Assert.Null(server.Ranges.Last());
    }

    [Fact]
    public async Task A_part_that_is_not_ours_is_left_alone()
    {
        await using FileServer server = new(_content);
        await File.WriteAllTextAsync(_folder.Part, "somebody's", Token);
        var e = await Assert.ThrowsAsync<DownloadException>(() => DownloadAsync(server));

        Assert.Equal(DownloadProblem.CannotWrite, e.Problem);
        Assert.Equal("somebody's", await File.ReadAllTextAsync(_folder.Part, Token));
    }

    [Fact]
    public async Task The_side_file_holds_no_secret_of_the_URL()
    {
        await using FileServer server = new(_content);
        string url = server.Url.Replace("://", "://user:secret@", StringComparison.Ordinal) + "?token=secret";
        server.Cut = _ => 1000;
        await Assert.ThrowsAsync<ConnectionLostException>(() => Requests.DownloadAsync(url, _folder.Target, new() { Retry = Retry.None }, Token));

        Assert.DoesNotContain("secret", await File.ReadAllTextAsync(_folder.Side, Token), StringComparison.Ordinal);
    }

    private Task<DownloadResult> DownloadAsync(FileServer server, DownloadOptions? options = null)
    {
        options ??= new();
        options.Retry ??= DownloadFolder.Eager;
        return Requests.DownloadAsync(server.Url, _folder.Target, options, Token);
    }

    private sealed class Watcher(Action<DownloadProgress> report) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => report(value);
    }
}
