namespace RequestsAsync.SideBySide;

/// <summary>Where clients save what they download: in memory where the system has room for it there, so that no disk is measured; otherwise in a folder of temporary files.</summary>
internal sealed class SavedFile : IDisposable
{
    private const string InMemory = "/dev/shm";

    private readonly DirectoryInfo _folder;

    /// <param name="length">How long the longest of the files is.</param>
    public SavedFile(long length) =>
        _folder = HasRoom(length) ? Directory.CreateDirectory(System.IO.Path.Combine(InMemory, $"side-by-side-{Environment.ProcessId}")) : Directory.CreateTempSubdirectory("side-by-side-saved-");

    /// <summary>The name to save as.</summary>
    public string Path => System.IO.Path.Combine(_folder.FullName, "download");

    /// <summary>Refuses a file that is not what was to be saved, and removes it.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it has another length.</exception>
    public void Take(long expected)
    {
        FileInfo file = new(Path);
        if (!file.Exists || file.Length != expected) throw new InvalidOperationException($"{Path} has {(file.Exists ? file.Length : 0)} of {expected} bytes.");
        file.Delete();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Twice: a client may write a new file beside the one that it replaces.
    private static bool HasRoom(long length) => Directory.Exists(InMemory) && new DriveInfo(InMemory).AvailableFreeSpace > 2 * length;
}
