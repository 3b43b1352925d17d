using System.Text;

namespace RequestsAsync;

/// <summary>The marks that begin a Unicode text and tell its encoding (WHATWG Encoding §6: UTF-8 and UTF-16, never UTF-32).</summary>
internal static class ByteOrderMark
{
    private static ReadOnlySpan<byte> Utf8 => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> Utf16LittleEndian => [0xFF, 0xFE];

    private static ReadOnlySpan<byte> Utf16BigEndian => [0xFE, 0xFF];

    /// <summary>The encoding that the mark tells, or <see langword="null"/> without one.</summary>
    public static Encoding? Detect(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith(Utf8)) return Encoding.UTF8;
        if (text.StartsWith(Utf16LittleEndian)) return Encoding.Unicode;
        return text.StartsWith(Utf16BigEndian) ? Encoding.BigEndianUnicode : null;
    }

    /// <summary>Whether more bytes could still make this start a mark.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> start) =>
        start.Length < Utf8.Length && (Utf8.StartsWith(start) || Utf16LittleEndian.StartsWith(start) || Utf16BigEndian.StartsWith(start));

    /// <summary>The text without the mark of its encoding.</summary>
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> text, Encoding encoding)
    {
        // By code page, because an encoding made without its preamble still reads texts that have one.
        ReadOnlySpan<byte> mark = encoding.CodePage switch
        {
            65001 => Utf8,
            1200 => Utf16LittleEndian,
            1201 => Utf16BigEndian,
            _ => encoding.Preamble,
        };
        return !mark.IsEmpty && text.StartsWith(mark) ? text[mark.Length..] : text;
    }
}
