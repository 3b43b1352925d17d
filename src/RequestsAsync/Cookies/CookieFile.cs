using System.Text;

namespace RequestsAsync;

/// <summary>Bytes to and from disk, and cookies to and from bytes.</summary>
internal static class CookieFile
{
    public static byte[] Format(string path, List<Cookie> cookies, CookieFileFormat format) =>
        IsJson(path, format) ? JsonCookieFile.Write(cookies) : Encoding.UTF8.GetBytes(NetscapeCookieFile.Write(cookies));

    public static List<Cookie> Parse(string path, byte[] content, CookieFileFormat format)
    {
        try
        {
            return IsJson(path, format) ? JsonCookieFile.Read(content) : NetscapeCookieFile.Read(Encoding.UTF8.GetString(content));
        }
        catch (InvalidRequestException e)
        {
            throw new InvalidRequestException($"The cookie file '{path}' is damaged: {e.Message}", e);
        }
    }

    public static byte[] Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw Unreadable(path, e);
        }
    }

    public static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsFileError(e))
        {
            throw Unreadable(path, e);
        }
    }

    public static void Write(string path, byte[] content)
    {
        string draft = DraftOf(path);
        try
        {
            using (FileStream stream = new(draft, DraftOptions(FileOptions.None))) stream.Write(content);
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception e)
        {
            Discard(draft);
            if (IsFileError(e)) throw Unwritable(path, e);
            throw;
        }
    }

    public static async Task WriteAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        string draft = DraftOf(path);
        try
        {
            FileStream stream = new(draft, DraftOptions(FileOptions.Asynchronous));
            await using (stream.ConfigureAwait(false)) await stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception e)
        {
            Discard(draft);
            if (IsFileError(e)) throw Unwritable(path, e);
            throw;
        }
    }

    private static bool IsJson(string path, CookieFileFormat format) => format switch
    {
        CookieFileFormat.Json => true,
        CookieFileFormat.Netscape => false,
        CookieFileFormat.ByExtension => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such format."),
    };

    // Beside the file itself, since only within one file system a file can take another's name in one step.
    private static string DraftOf(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return $"{path}.{Path.GetRandomFileName()}";
    }

    private static void Discard(string draft)
    {
        if (File.Exists(draft)) File.Delete(draft);
    }

    private static FileStreamOptions DraftOptions(FileOptions options)
    {
        FileStreamOptions draft = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = options };
        if (!OperatingSystem.IsWindows()) draft.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return draft;
    }

    private static bool IsFileError(Exception e) => e is IOException or UnauthorizedAccessException;

    private static InvalidRequestException Unreadable(string path, Exception e) =>
        new($"The cookie file '{path}' cannot be read: {e.Message}", e);

    private static InvalidRequestException Unwritable(string path, Exception e) =>
        new($"The cookie file '{path}' cannot be written: {e.Message}", e);
}
