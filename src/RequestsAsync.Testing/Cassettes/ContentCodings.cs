using System.IO.Compression;

namespace RequestsAsync.Testing;

/// <summary>Undoes the content codings of a recorded body, for a person to read it, and does them again when it is replayed.</summary>
internal static class ContentCodings
{
    /// <summary>The codings of a message in the order in which they were applied.</summary>
    public static string[] Of(IReadOnlyList<KeyValuePair<string, string>> headers) =>
    [
        .. headers.Where(static header => Headers.SameName(header.Key, "Content-Encoding"))
            .SelectMany(static header => header.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(static coding => coding.ToLowerInvariant())
            .Where(static coding => coding != "identity"),
    ];

    /// <summary>Whether all of them can be undone and done again.</summary>
    public static bool AreKnown(string[] codings) => Array.TrueForAll(codings, static coding => coding is "gzip" or "x-gzip" or "deflate" or "br");

    /// <summary>The content without its codings; <see langword="null"/> where it is damaged, cut off, or longer than allowed.</summary>
    public static byte[]? Undo(byte[] content, string[] codings, int maxBytes)
    {
        foreach (string coding in codings.Reverse())
        {
            if (Decode(content, coding, maxBytes) is not { } decoded) return null;
            content = decoded;
        }

        return content;
    }

    /// <summary>The content with the codings.</summary>
    public static byte[] Do(byte[] content, string[] codings)
    {
        foreach (string coding in codings)
        {
            using MemoryStream coded = new();
            using (Stream encoder = Encoder(coding, coded)) encoder.Write(content);
            content = coded.ToArray();
        }

        return content;
    }

    private static byte[]? Decode(byte[] content, string coding, int maxBytes)
    {
        if (content.Length == 0) return content;

        try
        {
            using MemoryStream decoded = new();
            using Stream decoder = Decoder(coding, content);
            byte[] buffer = new byte[16 << 10];
            while (decoder.Read(buffer) is > 0 and int read)
            {
                if (decoded.Length + read > maxBytes) return null;
                decoded.Write(buffer, 0, read);
            }

            return decoded.ToArray();
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            return null; // kept as it came
        }
    }

    private static Stream Encoder(string coding, Stream into) => coding switch
    {
        "br" => new BrotliStream(into, CompressionLevel.Fastest, leaveOpen: true),
        "deflate" => new ZLibStream(into, CompressionLevel.Fastest, leaveOpen: true),
        _ => new GZipStream(into, CompressionLevel.Fastest, leaveOpen: true),
    };

    // RFC 9110 §8.4.1.2: deflate means zlib's format, and some servers send the bare one.
    private static Stream Decoder(string coding, byte[] content) => coding switch
    {
        "br" => new BrotliStream(new MemoryStream(content), CompressionMode.Decompress),
        "deflate" when !IsZLib(content) => new DeflateStream(new MemoryStream(content), CompressionMode.Decompress),
        "deflate" => new ZLibStream(new MemoryStream(content), CompressionMode.Decompress),
        _ => new GZipStream(new MemoryStream(content), CompressionMode.Decompress),
    };

    private static bool IsZLib(byte[] content) => content.Length >= 2 && (content[0] & 0x0F) == 8 && ((content[0] << 8) | content[1]) % 31 == 0;
}
