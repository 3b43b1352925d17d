namespace RequestsAsync;

/// <summary>A folder of a server's own, deleted with all that is in it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("servers-");

    public ScratchFolder()
    {
        // Servers that root starts go on as another user, who must get at their files.
        const UnixFileMode everyone = (UnixFileMode)0b111_111_111;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Root, everyone);
    }

    public string Root => _folder.FullName;

    /// <summary>Writes a file and returns its path.</summary>
    public string Write(string name, string text)
    {
        string path = Make(name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <inheritdoc cref="Write(string, string)"/>
    public string Write(string name, byte[] content)
    {
        string path = Make(name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Makes a file of zeros that takes no room on the disk, and returns its path.</summary>
    public string WriteZeros(string name, long length)
    {
        string path = Make(name);
        using FileStream file = File.Create(path);
        file.SetLength(length);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Make(string name)
    {
        string path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
