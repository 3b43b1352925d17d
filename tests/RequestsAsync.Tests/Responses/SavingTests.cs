using System.IO.Compression;

namespace RequestsAsync.Tests;

public sealed class SavingTests(BinFixture bin) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("saving").FullName;

    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    private string Target => Path.Combine(_folder, "file.bin");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_streamed_body_replaces_the_file_and_no_limit_applies(bool awaited)
    {
        await File.WriteAllTextAsync(Target, new string('o', 200_000), TestContext.Current.CancellationToken);
        Recorder progress = new();
        await using Session session = new(new() { MaxResponseBytes = 10 });
        await using Response response = await session.OpenAsync(awaited, bin.Url + "/bytes/100000?seed=1");

        await response.SaveAsync(awaited, Target, progress);

        Response whole = await Requests.GetAsync(bin.Url + "/bytes/100000?seed=1");
        Assert.Equal(whole.Content.ToArray(), await ReadAsync());
        Assert.Equal(new TransferProgress(100_000, 100_000), progress.Reports[^1]);
        Assert.Equal(progress.Reports.OrderBy(report => report.Bytes), progress.Reports);
        AssertAlone();
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_body_in_memory_is_saved_as_often_as_asked(bool awaited)
    {
        await using Session session = new();
        Response response = await session.GetAsync(bin.Url + "/bytes/1000");
        await response.SaveAsync(awaited, Target);
        await response.SaveAsync(awaited, Path.Combine(_folder, "again.bin"));

        Assert.Equal(response.Content.ToArray(), await ReadAsync());
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_coded_body_is_saved_decoded_and_its_total_is_not_known(bool awaited)
    {
        Recorder progress = new();
        await using Session session = new();
        await using Response response = await session.OpenAsync(awaited, bin.Url + "/gzip");
        await response.SaveAsync(awaited, Target, progress);

        Assert.StartsWith("{", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(new TransferProgress(new FileInfo(Target).Length, null), progress.Reports[^1]);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task An_empty_body_is_an_empty_file(bool awaited)
    {
        await using Session session = new();
        await using Response response = await session.OpenAsync(awaited, bin.Url + "/bytes/0");
        await response.SaveAsync(awaited, Target);
        Assert.Empty(await ReadAsync());
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task After_a_failure_the_old_file_is_as_it_was_and_nothing_else_is_there(bool awaited)
    {
        await File.WriteAllBytesAsync(Target, [1, 2, 3], TestContext.Current.CancellationToken);
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
        await using Session session = new();
        await using Response response = await session.OpenAsync(awaited, server.Url);

        await Assert.ThrowsAsync<ConnectionLostException>(() => response.SaveAsync(awaited, Target));

        Assert.Equal([1, 2, 3], await ReadAsync());
        AssertAlone();
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_bomb_is_refused_for_a_file_too(bool awaited)
    {
        using MemoryStream zeros = new();
        await using (GZipStream gzip = new(zeros, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int i = 0; i < 64; i++)
                await gzip.WriteAsync(new byte[1 << 20], TestContext.Current.CancellationToken);
        }

        await using FaultyServer server = Answers.Server(Answers.Whole("text/plain", zeros.ToArray(), "Content-Encoding: gzip\r\n"));
        await using Session session = new();
        await using Response response = await session.OpenAsync(awaited, server.Url);

        await Assert.ThrowsAsync<BodyTooLargeException>(() => response.SaveAsync(awaited, Target));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_file_that_cannot_be_made_leaves_the_body_to_be_saved_elsewhere(bool awaited)
    {
        await using Session session = new();
        await using Response response = await session.OpenAsync(awaited, bin.Url + "/bytes/10");
        string missing = Path.Combine(_folder, "missing", "file.bin");

        ContentException e = await Assert.ThrowsAsync<ContentException>(() => response.SaveAsync(awaited, missing));
        Assert.Contains(missing, e.Message, StringComparison.Ordinal);
        Assert.Contains(bin.Url, e.Message, StringComparison.Ordinal);
        Assert.IsType<DirectoryNotFoundException>(e.InnerException);
        Assert.Same(response, e.Response);

        ContentException folder = await Assert.ThrowsAsync<ContentException>(() => response.SaveAsync(awaited, _folder));
        Assert.Contains("is a folder", folder.Message, StringComparison.Ordinal);

        await response.SaveAsync(awaited, Target);
        Assert.Equal(10, (await ReadAsync()).Length);
        await Assert.ThrowsAsync<BodyConsumedException>(() => response.SaveAsync(awaited, Target));
        Assert.Equal(10, (await ReadAsync()).Length);
        AssertAlone();
    }

    [Fact]
    public async Task Cancelling_leaves_nothing_behind()
    {
        await using FaultyServer server = FaultyServer.Start(script => script
            .ReadHead()
            .Write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
            .WaitForClose());
        await using Session session = new();
        await using Response response = await session.StreamAsync("GET", server.Url);
        using CancellationTokenSource cancel = new();
        Recorder progress = new(_ => cancel.Cancel());

        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => response.SaveAsync(Target, progress, cancel.Token));

        Assert.Equal(cancel.Token, e.CancellationToken);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_body_is_copied_to_any_stream(bool awaited)
    {
        Recorder progress = new();
        using MemoryStream copy = new();
        await using Session session = new();
        await using Response response = await session.OpenAsync(awaited, bin.Url + "/bytes/5000");
        await response.CopyToAsync(awaited, copy, progress);

        Assert.Equal(5000, copy.Length);
        Assert.Equal(new TransferProgress(5000, 5000), progress.Reports[^1]);
        Assert.True(copy.CanWrite);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_stream_that_fails_is_no_failure_of_the_network(bool awaited)
    {
        await using Session session = new();
        await using Response response = await session.OpenAsync(awaited, bin.Url + "/bytes/5000");
        await using FullStream full = new();
        ContentException e = await Assert.ThrowsAsync<ContentException>(() => response.CopyToAsync(awaited, full));
        Assert.IsType<IOException>(e.InnerException);

        using MemoryStream readOnly = new([], writable: false);
        await Assert.ThrowsAsync<ArgumentException>(() => response.CopyToAsync(awaited, readOnly));
    }

    [Fact]
    public async Task A_path_that_is_none_is_the_caller_s_mistake()
    {
        await using Session session = new();
        Response response = await session.GetAsync(bin.Url + "/bytes/1");
        await Assert.ThrowsAsync<ArgumentException>(() => response.SaveAsync(""));
        await Assert.ThrowsAsync<ArgumentNullException>(() => response.SaveAsync(null!));
        await Assert.ThrowsAsync<ArgumentException>(() => response.SaveAsync("a\0b"));
    }

    private Task<byte[]> ReadAsync() => File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken);

    private void AssertAlone() => Assert.Equal([Target], Directory.GetFiles(_folder));

    private sealed class Recorder(Action<TransferProgress>? then = null) : IProgress<TransferProgress>
    {
        public List<TransferProgress> Reports { get; } = [];

        public void Report(TransferProgress value)
        {
            Reports.Add(value);
            then?.Invoke(value);
        }
    }

    private sealed class FullStream : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("No space left on device");
    }
}
