namespace RequestsAsync.Tests;

/// <summary>A folder for downloads, gone with the test.</summary>
internal sealed class DownloadFolder : IDisposable
{
    /// <summary>Tries again at once.</summary>
    public static readonly Retry Eager = Retry.Default with { Attempts = 4, Delay = TimeSpan.Zero };

    public string FullPath { get; } = Directory.CreateTempSubdirectory("download").FullName;

    public string Target => Path.Combine(FullPath, "data.bin");

    public string Part => Target + ".part";

    public string Side => Part + ".json";

    public IEnumerable<string> Names => Directory.EnumerateFileSystemEntries(FullPath).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public void Dispose() => Directory.Delete(FullPath, recursive: true);

    /// <summary>The file is there, right, and alone.</summary>
    public void AssertDone(byte[] content)
    {
        Assert.True(content.AsSpan().SequenceEqual(File.ReadAllBytes(Target)), "The file is not the one on the server.");
        Assert.Equal(["data.bin"], Names);
    }

    /// <summary>Leaves an unfinished download behind, which the server cut off after so many bytes.</summary>
    public async Task InterruptAsync(FileServer server, int bytes, DownloadOptions? options = null)
    {
        Func<int, int?>? cut = server.Cut;
        server.Cut = _ => bytes;
        options ??= new();
        options.Retry = Retry.None;
        await using Session session = new();
        await Assert.ThrowsAsync<ConnectionLostException>(() => session.DownloadAsync(server.Url, Target, options));
        server.Cut = cut;
        Assert.Equal(bytes, new FileInfo(Part).Length);
    }
}
