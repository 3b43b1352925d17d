using System.Text.Json;

namespace RequestsAsync.Testing;

/// <summary>The file of a cassette.</summary>
internal static class CassetteFile
{
    /// <summary>Its entries; none where there is no file.</summary>
    /// <exception cref="CassetteException">It is no HTTP Archive, or cannot be read.</exception>
    public static List<HarExchange> Read(string path)
    {
        try
        {
            return HarReader.Read(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new CassetteException($"The cassette {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes it, whole or not at all; its folder is made where there is none.</summary>
    /// <exception cref="CassetteException">It cannot be written.</exception>
    public static void Write(string path, IEnumerable<HarExchange> entries)
    {
        using MemoryStream text = TextOf(entries);
        try
        {
            using ReplacementFile file = Open(path);
            text.WriteTo(file.Stream);
            file.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, e);
        }
    }

    /// <inheritdoc cref="Write"/>
    public static async Task WriteAsync(string path, IEnumerable<HarExchange> entries, CancellationToken cancellationToken)
    {
        using MemoryStream text = TextOf(entries);
        try
        {
            using ReplacementFile file = Open(path);
            await file.Stream.WriteAsync(text.GetBuffer().AsMemory(0, (int)text.Length), cancellationToken).ConfigureAwait(false);
            file.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, e);
        }
    }

    private static MemoryStream TextOf(IEnumerable<HarExchange> entries)
    {
        MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, HarWriter.Layout))
            new HarWriter(json).Write(entries);
        text.WriteByte((byte)'\n'); // a text file ends with a line
        return text;
    }

    private static ReplacementFile Open(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        return new(path);
    }

    private static CassetteException CannotWrite(string path, Exception e) => new($"The cassette {path} cannot be written: {e.Message}", e);
}
