using System.Text;

namespace RequestsAsync;

/// <summary>Finds the Unicode encoding of a JSON body, which servers need not name (RFC 4627 §3), and gives the body as UTF-8.</summary>
internal static class JsonEncodingDetector
{
    private static readonly UTF32Encoding Utf32BigEndian = new(bigEndian: true, byteOrderMark: true);

    /// <summary>The encoding, told by the byte order mark or by where the zeros of the first character are.</summary>
    /// <remarks>Only the first character of a JSON text is always ASCII: <c>"日"</c> has no zero in its second one.</remarks>
    public static Encoding Detect(ReadOnlySpan<byte> json) => json switch
    {
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0, 0, 0xFE, 0xFF, ..] => Utf32BigEndian,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        [0, 0, 0, not 0, ..] => Utf32BigEndian,
        [not 0, 0, 0, 0, ..] => Encoding.UTF32,
        [0, not 0, ..] => Encoding.BigEndianUnicode,
        [not 0, 0, ..] => Encoding.Unicode,
        _ => Encoding.UTF8,
    };

    /// <summary>The body as UTF-8 without a byte order mark; a UTF-8 body is not copied.</summary>
    public static ReadOnlyMemory<byte> ToUtf8(ReadOnlyMemory<byte> json)
    {
        Encoding encoding = Detect(json.Span);
        ReadOnlySpan<byte> text = ByteOrderMark.Strip(json.Span, encoding);
        if (encoding is UTF8Encoding) return json[^text.Length..];

        return Encoding.Convert(encoding, Encoding.UTF8, text.ToArray());
    }
}
