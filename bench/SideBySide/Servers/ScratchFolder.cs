namespace RequestsAsync.SideBySide;

/// <summary>A folder of a run's own, deleted with all that is in it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("side-by-side-");

    public ScratchFolder()
    {
        // A server that root starts goes on as another user, who must get at its files.
        const UnixFileMode readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Root, readable);
    }

    public string Root => _folder.FullName;

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, string text)
    {
        string path = PathOf(name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Makes a file of zeros that takes no room on the disk, and returns its path.</summary>
    public string WriteZeros(string name, long length)
    {
        string path = PathOf(name);
        using FileStream file = File.Create(path);
        file.SetLength(length);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string PathOf(string name)
    {
        string path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
