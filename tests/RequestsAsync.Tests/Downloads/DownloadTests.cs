using System.Security.Cryptography;

namespace RequestsAsync.Tests;

public sealed class DownloadTests(BinFixture bin) : IDisposable
{
    private readonly DownloadFolder _folder = new();
    private readonly byte[] _content = FileServer.Bytes(700_000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_is_downloaded_and_nothing_else_is_left()
    {
        await using FileServer server = new(_content);
        Recorder progress = new();
        DownloadResult result = await Requests.DownloadAsync(server.Url, _folder.Target, new() { Progress = progress }, Token);

        _folder.AssertDone(_content);
        Assert.Equal((_folder.Target, 700_000, 0, 1), (result.Path, result.Bytes, result.ResumedBytes, result.Segments));
        Assert.Equal((server.Url, "application/x-test"), (result.Url?.ToString(), result.ContentType));
        Assert.Equal(new DownloadProgress(_folder.Target, 0, 700_000, 0), progress.Reports[0]);
        Assert.Equal(new DownloadProgress(_folder.Target, 700_000, 700_000, 0), progress.Reports[^1]);
        Assert.Equal(progress.Reports.OrderBy(report => report.Bytes), progress.Reports);
        Assert.Contains("Accept-Encoding: identity\r\n", server.Heads[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public async Task Httpbin_is_downloaded(int size)
    {
        await using Session session = new();
        await session.DownloadAsync($"{bin.Url}/bytes/{size}?seed=3", _folder.Target, cancellationToken: Token);

        _folder.AssertDone((await session.GetAsync($"{bin.Url}/bytes/{size}?seed=3", cancellationToken: Token)).Content.ToArray());
    }

    [Theory]
    [InlineData("/files/", "", "files")]
    [InlineData("/a/report%20final.pdf?x=1", "", "report final.pdf")]
    [InlineData("/", "", "download")]
    [InlineData("/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "", "passwd")]
    [InlineData("/x", "Content-Disposition: attachment; filename=\"../../x.sh\"\r\n", "x.sh")]
    [InlineData("/x", "Content-Disposition: attachment; filename=\"/etc/passwd\"\r\n", "passwd")]
    [InlineData("/x", "Content-Disposition: attachment; filename=\"..\"\r\n", "x")]
    [InlineData("/x", "Content-Disposition: attachment; filename=\".bashrc\"\r\n", "bashrc")]
    [InlineData("/x", "Content-Disposition: attachment; filename*=UTF-8''a%1b%5b2Jb\r\n", "a[2Jb")]
    public async Task In_a_folder_the_file_gets_a_name_that_is_safe(string path, string field, string name)
    {
        await using FaultyServer server = Answers.Server(Answers.Whole("text/plain", "data"u8.ToArray(), field));
        string folder = Path.Combine(_folder.FullPath, "made") + Path.DirectorySeparatorChar;
        DownloadResult result = await Requests.DownloadAsync(server.Url + path, folder, cancellationToken: Token);

        Assert.Equal(Path.Combine(folder, name), result.Path);
        Assert.Equal([result.Path], Directory.GetFiles(_folder.FullPath, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_written_over_and_nothing_is_sent()
    {
        await using FileServer server = new(_content);
        await File.WriteAllTextAsync(_folder.Target, "mine", Token);
        var e = await Assert.ThrowsAsync<DownloadException>(() => Requests.DownloadAsync(server.Url, _folder.Target, cancellationToken: Token));

        Assert.Equal(DownloadProblem.TargetExists, e.Problem);
        Assert.NotNull(e.Request);
        Assert.Empty(server.Heads);
        _folder.AssertDone("mine"u8.ToArray());
    }

    [Fact]
    public async Task A_file_that_comes_to_be_there_meanwhile_is_not_written_over()
    {
        await using FileServer server = new(_content);
        server.Before = _ => File.WriteAllText(_folder.Target, "mine");
        var e = await Assert.ThrowsAsync<DownloadException>(() => Requests.DownloadAsync(server.Url, _folder.Target, cancellationToken: Token));

        Assert.Equal(DownloadProblem.TargetExists, e.Problem);
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder.Target, Token));
    }

    [Fact]
    public async Task An_existing_file_is_replaced_or_kept_beside_where_that_is_asked_for()
    {
        await using FileServer server = new(_content);
        await File.WriteAllTextAsync(_folder.Target, "mine", Token);
        DownloadResult beside = await Requests.DownloadAsync(server.Url, _folder.Target, new() { Existing = ExistingFile.KeepBoth }, Token);

        Assert.Equal("data-1.bin", Path.GetFileName(beside.Path));
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder.Target, Token));

        File.Delete(beside.Path);
        await Requests.DownloadAsync(server.Url, _folder.Target, new() { Existing = ExistingFile.Replace }, Token);
        _folder.AssertDone(_content);
    }

    [Theory]
    [InlineData(ChecksumAlgorithm.Sha256)]
    [InlineData(ChecksumAlgorithm.Sha512)]
    [InlineData(ChecksumAlgorithm.Sha1)]
    [InlineData(ChecksumAlgorithm.Md5)]
    public async Task A_checksum_is_checked(ChecksumAlgorithm algorithm)
    {
#pragma warning disable CA5350, CA5351 // what files are published with
        byte[] hash = algorithm switch
        {
            ChecksumAlgorithm.Sha256 => SHA256.HashData(_content),
            ChecksumAlgorithm.Sha512 => SHA512.HashData(_content),
            ChecksumAlgorithm.Sha1 => SHA1.HashData(_content),
            _ => MD5.HashData(_content),
        };
#pragma warning restore CA5350, CA5351
        await using FileServer server = new(_content);
        Checksum right = Checksum.Parse($"{algorithm}:{Convert.ToHexString(hash)}");
        hash[0] ^= 1;
        Checksum wrong = Checksum.Parse($"{algorithm}={Convert.ToHexString(hash)}");

        var e = await Assert.ThrowsAsync<DownloadException>(() => Requests.DownloadAsync(server.Url, _folder.Target, new() { Checksum = wrong }, Token));
        Assert.Equal(DownloadProblem.ChecksumMismatch, e.Problem);
        Assert.Contains(right.Hex, e.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);

        DownloadResult result = await Requests.DownloadAsync(server.Url, _folder.Target, new() { Checksum = right }, Token);
        Assert.Equal(right, result.Checksum);
        _folder.AssertDone(_content);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(301)]
    [InlineData(206)]
    public async Task An_answer_that_is_no_file_leaves_nothing(int status)
    {
        await using FaultyServer server = FaultyServer.Start($"HTTP/1.1 {status} x\r\nContent-Length: 0\r\n\r\n");
        var e = await Assert.ThrowsAnyAsync<RequestException>(() => Requests.DownloadAsync(server.Url, _folder.Target, new() { Request = new() { FollowRedirects = false } }, Token));

        Assert.Equal(status, e.Response?.StatusCode);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task A_redirect_to_a_file_of_this_machine_is_refused()
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n");
        await Assert.ThrowsAsync<RedirectException>(() => Requests.DownloadAsync(server.Url, _folder.Target, cancellationToken: Token));

        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task Wrong_options_are_refused_before_anything_is_sent()
    {
        await using FileServer server = new(_content);
        foreach (DownloadOptions wrong in (DownloadOptions[])
        [
            new() { Segments = 0 }, new() { Segments = 33 }, new() { SegmentThreshold = 0 }, new() { MaxBytes = -1 }, new() { Existing = (ExistingFile)9 },
            new() { Request = new() { Headers = { ["range"] = "bytes=1-" } } }, new() { Retry = Retry.Default with { Attempts = 0 } },
        ])
        {
            await Assert.ThrowsAsync<InvalidRequestException>(() => Requests.DownloadAsync(server.Url, _folder.Target, wrong, Token));
        }

        Assert.Empty(server.Heads);
        Assert.Empty(_folder.Names);
    }

    private sealed class Recorder : IProgress<DownloadProgress>
    {
        public List<DownloadProgress> Reports { get; } = [];

        public void Report(DownloadProgress value) => Reports.Add(value);
    }
}
