namespace RequestsAsync.Tests;

public sealed class BodyProgressTests(BinFixture bin)
{
    private const int Size = 300_000;

    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Progress_of_bytes_reaches_the_total_in_chunks(bool awaited)
    {
        List<TransferProgress> reports = await SendAsync(awaited, new() { Content = new byte[Size] });

        Assert.Equal((Size + 65535) / 65536, reports.Count);
        Assert.Equal(new TransferProgress(Size, Size), reports[^1]);
        AssertRising(reports);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Progress_of_files_counts_what_frames_them(bool awaited)
    {
        List<TransferProgress> reports = await SendAsync(awaited, new() { Form = { ["a"] = "b" }, Files = { ["f"] = new GeneratedStream(Size, canSeek: true) } });

        Assert.True(reports[^1].Bytes > Size);
        Assert.All(reports, report => Assert.Equal(reports[^1].Bytes, report.Total));
        AssertRising(reports);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Progress_has_no_total_where_nobody_knows_it(bool awaited)
    {
        List<TransferProgress> plain = await SendAsync(awaited, new() { Content = new GeneratedStream(Size) });
        List<TransferProgress> compressed = await SendAsync(awaited, new() { Content = new GeneratedStream(Size), Compress = ContentCoding.GZip });

        Assert.Equal(new TransferProgress(Size, null), plain[^1]);
        Assert.InRange(compressed[^1].Bytes, 1, Size / 10);
        Assert.All(compressed, report => Assert.Null(report.Total));
        AssertRising(plain);
    }

    [Fact]
    public async Task Progress_begins_anew_when_the_content_is_sent_again()
    {
        List<TransferProgress> reports = await SendAsync(awaited: true, new() { Content = "ten bytes!" }, "/redirect-to?status_code=307&url=/post");
        Assert.Equal([new(10, 10), new(10, 10)], reports);
    }

    private async Task<List<TransferProgress>> SendAsync(bool awaited, RequestOptions options, string path = "/post")
    {
        Reports reports = new();
        options.UploadProgress = reports;
        await using Session session = new();
        await session.SendAsync(awaited, "POST", bin.Url + path, options);
        return reports.All;
    }

    private static void AssertRising(List<TransferProgress> reports)
    {
        long before = 0;
        foreach (TransferProgress report in reports)
        {
            Assert.InRange(report.Bytes, before + 1, before + (64 << 10));
            before = report.Bytes;
        }
    }

    // Not Progress<T>, which reports later and on another thread.
    private sealed class Reports : IProgress<TransferProgress>
    {
        public List<TransferProgress> All { get; } = [];

        public void Report(TransferProgress value) => All.Add(value);
    }
}
