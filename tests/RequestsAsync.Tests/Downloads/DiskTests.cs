using System.IO.Compression;

namespace RequestsAsync.Tests;

public sealed class DiskTests : IDisposable
{
    private readonly DownloadFolder _folder = new();
    private readonly byte[] _content = FileServer.Bytes(900_000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_disk_is_said()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no disk here that is always full.");
        await using FileServer server = new(_content);
        File.CreateSymbolicLink(_folder.Part, "/dev/full");
        var e = await Assert.ThrowsAsync<DownloadException>(() => Requests.DownloadAsync(server.Url, _folder.Target, cancellationToken: Token));

        Assert.Equal(DownloadProblem.DiskFull, e.Problem);
        Assert.IsType<IOException>(e.InnerException, exactMatch: false);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_said()
    {
        await using FileServer server = new(_content);
        var e = await Assert.ThrowsAsync<DownloadException>(() => Requests.DownloadAsync(server.Url, Path.Combine(_folder.FullPath, "no", "file"), cancellationToken: Token));

        Assert.Equal(DownloadProblem.CannotWrite, e.Problem);
        Assert.Empty(server.Heads);
    }

    [Fact]
    public async Task A_folder_that_is_a_file_is_said()
    {
        await using FileServer server = new(_content);
        string file = Path.Combine(_folder.FullPath, "file");
        await File.WriteAllTextAsync(file, "", Token);
        var e = await Assert.ThrowsAsync<DownloadException>(() => Requests.DownloadAsync(server.Url, file + Path.DirectorySeparatorChar, cancellationToken: Token));

        Assert.Equal(DownloadProblem.CannotWrite, e.Problem);
    }

    [Fact]
    public async Task Two_downloads_of_one_target_are_one_too_many()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ManualResetEventSlim answer = new();
        await using FileServer server = new(_content);
        server.Before = _ =>
        {
            asked.TrySetResult();
            answer.Wait(Token);
        };
        Task<DownloadResult> first = Task.Run(() => Requests.DownloadAsync(server.Url, _folder.Target, cancellationToken: Token), Token);
        await asked.Task;
        var e = await Assert.ThrowsAsync<DownloadException>(() => Requests.DownloadAsync(server.Url, _folder.Target, cancellationToken: Token));
        answer.Set();
        await first;

        Assert.Equal(DownloadProblem.InUse, e.Problem);
        _folder.AssertDone(_content);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_is_larger_than_allowed_is_not_kept(bool isChunked)
    {
        await using FileServer server = new(_content) { IsChunked = isChunked };
        await Assert.ThrowsAsync<BodyTooLargeException>(() => Requests.DownloadAsync(server.Url, _folder.Target, new() { MaxBytes = 899_999 }, Token));
        Assert.Empty(_folder.Names);

        await Requests.DownloadAsync(server.Url, _folder.Target, new() { MaxBytes = 900_000 }, Token);
        _folder.AssertDone(_content);
    }

    [Theory]
    [InlineData(1_000_000L)]
    [InlineData(null)]
    public async Task A_decompression_bomb_is_not_kept(long? maxBytes)
    {
        await using FaultyServer server = Answers.Server(Answers.Whole("x/y", Bomb(), "ETag: \"v1\"\r\nAccept-Ranges: bytes\r\nContent-Encoding: gzip\r\n"));
        await Assert.ThrowsAsync<BodyTooLargeException>(() => Requests.DownloadAsync(server.Url, _folder.Target, new() { MaxBytes = maxBytes, Retry = DownloadFolder.Eager }, Token));

        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task A_coded_file_is_decoded_and_never_continued()
    {
        using MemoryStream coded = new();
        await using (GZipStream zip = new(coded, CompressionMode.Compress)) await zip.WriteAsync(_content, Token);
        byte[] answer = Answers.Whole("x/y", coded.ToArray(), "ETag: \"v1\"\r\nAccept-Ranges: bytes\r\nContent-Encoding: gzip\r\n");
        await using FileServer server = new([]) { Instead = (_, _) => answer, Cut = number => number == 1 ? 500_000 : null };
        await Requests.DownloadAsync(server.Url, _folder.Target, new() { SegmentThreshold = 1, Retry = DownloadFolder.Eager }, Token);

        _folder.AssertDone(_content);
        Assert.Equal([null, null], server.Ranges);
    }

    [Fact]
    public async Task Header_fields_without_end_are_refused()
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X-Filler: " + new string('x', 1000) + "\r\n", 100)) + "\r\n");
        await Assert.ThrowsAsync<ProtocolException>(() => Requests.DownloadAsync(server.Url, _folder.Target, cancellationToken: Token));

        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task A_new_file_has_the_mode_that_the_user_gives_new_files()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        if (OperatingSystem.IsWindows()) return; // for the analyzer
        await using FileServer server = new(_content);
        await Requests.DownloadAsync(server.Url, _folder.Target, cancellationToken: Token);
        string other = Path.Combine(_folder.FullPath, "other");
        await File.WriteAllTextAsync(other, "", Token);

        Assert.Equal(File.GetUnixFileMode(other), File.GetUnixFileMode(_folder.Target));
    }

    private static byte[] Bomb()
    {
        using MemoryStream coded = new();
        using (GZipStream zip = new(coded, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) zip.Write(zeros);
        }

        return coded.ToArray();
    }
}
