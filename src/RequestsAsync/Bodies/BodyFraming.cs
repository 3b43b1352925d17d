using System.Globalization;

namespace RequestsAsync;

/// <summary>Holds the fields that say where content ends to the content itself: two readers that disagree on it are how requests are smuggled (RFC 9112 §11.2).</summary>
internal static class BodyFraming
{
    /// <summary>Checks <c>Content-Length</c> and <c>Transfer-Encoding</c> fields that were set by hand.</summary>
    /// <exception cref="InvalidRequestException">One of them does not fit the content.</exception>
    public static void Check(Headers headers, Body? body)
    {
        string? length = null;
        string? coding = null;
        foreach (ref readonly KeyValuePair<string, string?> field in headers.Entries)
        {
            if (field.Value is not { } value) continue;

            if (Headers.SameName(field.Key, "Content-Length")) length = Only(field.Key, length, value);
            else if (Headers.SameName(field.Key, "Transfer-Encoding")) coding = Only(field.Key, coding, value);
        }

        if (length is not null) CheckLength(length, body);
        if (coding is not null) CheckCoding(coding, body);
        if (length is not null && coding is not null)
            throw new InvalidRequestException("Content-Length and Transfer-Encoding are both set, which RFC 9112 §6.2 forbids. Choose one of them.");
    }

    private static string Only(string name, string? before, string value) =>
        before is null ? value : throw new InvalidRequestException($"The header {name} is set more than once.");

    private static void CheckLength(string text, Body? body)
    {
        // Digits only (RFC 9110 §8.6): no sign, no space, no list.
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long length))
            throw new InvalidRequestException($"The Content-Length '{text}' is not a number of bytes.");

        long? actual = body is null ? 0 : body.Length;
        if (actual is not null && actual != length)
            throw new InvalidRequestException($"The Content-Length is {length}, but the content has {actual} bytes. Leave the header away: the right one is sent by itself.");
    }

    private static void CheckCoding(string coding, Body? body)
    {
        if (!coding.Equals("chunked", StringComparison.OrdinalIgnoreCase))
            throw new InvalidRequestException($"The Transfer-Encoding '{coding}' is not supported; only 'chunked' is. To compress content, set Compress.");
        if (body is null)
            throw new InvalidRequestException("Transfer-Encoding is set, but there is no content to send in chunks.");
    }
}
