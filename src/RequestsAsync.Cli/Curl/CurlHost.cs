using System.Text;

namespace RequestsAsync.Cli;

/// <summary>What surrounds a curl command: the folder it runs in, the environment, and its input.</summary>
internal sealed record CurlHost
{
    /// <summary>What relative paths start from.</summary>
    public required string Folder { get; init; }

    /// <summary>Looks a variable up.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>Opens the standard input.</summary>
    public required Func<Stream> OpenInput { get; init; }

    public string PathOf(string path) => Path.GetFullPath(path, Folder);

    /// <summary>Reads a file, or the input when its name is <c>-</c>.</summary>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public byte[] Read(string path) => path == "-" ? ReadInput() : ReadFile(path);

    /// <exception cref="CommandException">It cannot be read.</exception>
    public string ReadText(string path) => Encoding.UTF8.GetString(Read(path));

    /// <summary>Reads the input to its end.</summary>
    public byte[] ReadInput()
    {
        using Stream input = OpenInput();
        using MemoryStream bytes = new();
        input.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <exception cref="CommandException">There is no such file.</exception>
    public void CheckIsThere(string path)
    {
        if (!File.Exists(PathOf(path))) throw new CommandException($"there is no file '{path}', which the curl command names.", "Run it where the file is, or give its whole path.");
    }

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public FileStream Open(string path)
    {
        CheckIsThere(path);
        try
        {
            return File.OpenRead(PathOf(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} cannot be read: {e.Message}", innerException: e);
        }
    }

    private byte[] ReadFile(string path)
    {
        using FileStream file = Open(path);
        using MemoryStream bytes = new();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
