namespace RequestsAsync;

/// <summary>Undoes the content codings of a body, for a person to read it and for its secrets to be found.</summary>
internal static class HarCodings
{
    /// <summary>The codings of a message in the order in which they were applied.</summary>
    public static string[] Of(IReadOnlyList<KeyValuePair<string, string>> headers) =>
        ContentDecoding.CodingsOf(headers.Where(static header => Headers.SameName(header.Key, "Content-Encoding")).Select(static header => header.Value));

    /// <summary>The content without its codings, as far as it can be read.</summary>
    /// <param name="content">The bytes on the way.</param>
    /// <param name="codings">Codings that are known.</param>
    /// <param name="maxBytes">How long the content may become.</param>
    /// <param name="isWhole">Whether it was read to its end; otherwise it is damaged or cut off.</param>
    /// <returns>The content; <see langword="null"/> where it is longer than that.</returns>
    public static byte[]? Undo(byte[] content, string[] codings, int maxBytes, out bool isWhole)
    {
        using MemoryStream undone = new();
        using Stream decoded = ContentDecoding.Decode(new MemoryStream(content), codings);
        byte[] buffer = new byte[16 << 10];
        isWhole = false;
        try
        {
            while (decoded.Read(buffer) is > 0 and int read)
            {
                if (undone.Length + read > maxBytes) return null;
                undone.Write(buffer, 0, read);
            }

            isWhole = true;
        }
        catch (DecodingException)
        {
            // What was read before counts.
        }
        catch (BodyTooLargeException)
        {
            return null;
        }

        return undone.ToArray();
    }
}
