using System.IO.Compression;
using System.Text;

namespace RequestsAsync.Bulk.Tests;

public sealed class WarcFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("warc-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_record_stands_where_its_place_says()
    {
        List<(WarcPlace Place, string Body)> stored = [];
        await using (WarcFiles files = new(_folder, new() { MaxFileBytes = 4000 }))
        {
            for (int i = 0; i < 30; i++)
            {
                BulkRecord record = Record($"http://a.example/{i}");
                string body = $"content {i} " + Random.Shared.NextInt64();
                await files.StoreAsync(record, Encoding.UTF8.GetBytes(body), TestContext.Current.CancellationToken);
                stored.Add((record.Warc!, body));
            }
        }

        Assert.True(Directory.GetFiles(_folder).Length > 2);
        Assert.Empty(Directory.GetFiles(_folder, "*.open"));
        foreach ((WarcPlace place, string body) in stored)
        {
            using FileStream file = File.OpenRead(Path.Combine(_folder, place.File));
            file.Position = place.Offset;
            using StreamReader reader = new(new GZipStream(file, CompressionMode.Decompress), Encoding.UTF8);
            string text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.StartsWith("WARC/1.1\r\nWARC-Type: response\r\n", text, StringComparison.Ordinal);
            Assert.Contains("X-Archive-Orig-Content-Encoding: gzip\r\n", text, StringComparison.Ordinal);
            Assert.Contains($"\r\n\r\n{body}\r\n\r\n", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_another_job_is_writing_is_left_alone()
    {
        await using WarcFiles first = new(_folder);
        await first.StoreAsync(Record("http://a.example/1"), "one"u8.ToArray(), TestContext.Current.CancellationToken);
        string open = Assert.Single(Directory.GetFiles(_folder, "*.open"));

        await using (WarcFiles second = new(_folder, new() { TimeProvider = new Yesterday() }))
            await second.StoreAsync(Record("http://a.example/2"), "two"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal(open, Assert.Single(Directory.GetFiles(_folder, "*.open")));
        await first.StoreAsync(Record("http://a.example/3"), "three"u8.ToArray(), TestContext.Current.CancellationToken);
        Assert.Single(Directory.GetFiles(_folder, "*.gz"));
    }

    [Fact]
    public async Task What_a_crash_tore_is_cut_off_and_the_rest_is_whole()
    {
        WarcFiles crashed = new(_folder);
        for (int i = 0; i < 5; i++) await crashed.StoreAsync(Record($"http://a.example/{i}"), new byte[1000], TestContext.Current.CancellationToken);
        await crashed.FlushAsync(TestContext.Current.CancellationToken);
        string open = Assert.Single(Directory.GetFiles(_folder, "*.open"));
        byte[] whole = await File.ReadAllBytesAsync(open, TestContext.Current.CancellationToken);

        for (int cut = 1; cut < 400; cut += 13)
        {
            string copy = Directory.CreateTempSubdirectory("warc-cut-").FullName;
            try
            {
                await File.WriteAllBytesAsync(Path.Combine(copy, "requests-1-00000.warc.gz.open"), whole[..^cut], TestContext.Current.CancellationToken);
                await using WarcFiles next = new(copy);
                using GZipStream gzip = new(File.OpenRead(Path.Combine(copy, "requests-1-00000.warc.gz")), CompressionMode.Decompress);
                using StreamReader reader = new(gzip);
                string text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
                Assert.InRange(text.Split("WARC-Type: response").Length - 1, 3, 4);
                Assert.EndsWith("\r\n\r\n", text, StringComparison.Ordinal);
            }
            finally
            {
                Directory.Delete(copy, recursive: true);
            }
        }
    }

    /// <summary>The reader of the Webrecorder project, from npm, goes through every record.</summary>
    [Fact]
    public async Task An_independent_reader_finds_nothing_wrong()
    {
        await using (WarcFiles files = new(_folder))
        {
            for (int i = 0; i < 20; i++) await files.StoreAsync(Record($"http://a.example/{i}?é"), Encoding.UTF8.GetBytes(new string('x', i * 100)), TestContext.Current.CancellationToken);
        }

        string? tool = await WarcReader.FindAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(tool is null, "npm or the package warcio is not there.");
        (int code, string output) = await WarcReader.RunAsync(tool!, _folder, TestContext.Current.CancellationToken);
        Assert.True(code == 0, output);
        Assert.Equal(21, output.Split('\n').Count(line => line.StartsWith('{')));
    }

    private static BulkRecord Record(string url) => new()
    {
        Request = new() { Id = RequestId.Of("GET", url, []), Url = url, Host = "a.example" },
        Status = 200,
        HttpVersion = "2",
        Ip = "192.0.2.1",
        Started = DateTimeOffset.UnixEpoch,
        Headers = [new("Content-Type", "text/plain"), new("Content-Encoding", "gzip"), new("Content-Length", "7")],
        Attempts = 1,
    };

    private sealed class Yesterday : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddDays(-1);
    }
}
