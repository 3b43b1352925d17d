using System.Buffers;
using System.Text;

namespace RequestsAsync;

/// <summary>Finds the encoding that an HTML or XML document declares for itself (HTML Living Standard §13.2.3.2, "prescan").</summary>
/// <remarks>A declaration that is cut off does not count, so a longer start of a document never takes back what a shorter one told.</remarks>
internal ref struct MarkupCharset
{
    /// <summary>Only this many bytes are looked at, as HTML demands of authors and browsers.</summary>
    public const int MaxLength = 1024;

    private const int LongestLabel = 64;

    private static readonly SearchValues<byte> TagNameEnd = SearchValues.Create(" \t\r\n\f>"u8);
    private static readonly SearchValues<byte> AttributeNameEnd = SearchValues.Create(" \t\r\n\f/>="u8);
    private static readonly SearchValues<byte> LabelEnd = SearchValues.Create(" \t\r\n\f;"u8);

    private readonly ReadOnlySpan<byte> _document;
    private int _at;

    private MarkupCharset(ReadOnlySpan<byte> document)
    {
        _document = document[..Math.Min(document.Length, MaxLength)];
    }

    private readonly bool AtEnd => _at >= _document.Length;

    private readonly ReadOnlySpan<byte> Rest => _document[_at..];

    private static ReadOnlySpan<byte> Whitespace => " \t\r\n\f"u8;

    /// <summary>The declared encoding, or <see langword="null"/> when the start of the document declares none.</summary>
    public static Encoding? Find(ReadOnlySpan<byte> document, bool isHtml)
    {
        MarkupCharset scan = new(document);
        return (isHtml ? scan.FindMeta() : null) ?? FindXmlDeclaration(scan._document);
    }

    private static Encoding? FindXmlDeclaration(ReadOnlySpan<byte> document)
    {
        if (document.StartsWith("<\0?\0x\0"u8)) return Encoding.Unicode;
        if (document.StartsWith("\0<\0?\0x"u8)) return Encoding.BigEndianUnicode;
        if (!document.StartsWith("<?xml"u8)) return null;

        int end = document.IndexOf((byte)'>');
        if (end < 0) return null;

        ReadOnlySpan<byte> declaration = document[..end];
        int name = declaration.IndexOf("encoding"u8);
        if (name < 0) return null;

        ReadOnlySpan<byte> value = declaration[(name + "encoding".Length)..].TrimStart(Whitespace);
        if (value is not [(byte)'=', ..]) return null;
        return TryUnquote(value[1..].TrimStart(Whitespace), out ReadOnlySpan<byte> label) ? ForDeclaredLabel(label) : null;
    }

    private Encoding? FindMeta()
    {
        while (!AtEnd)
        {
            if (Rest.StartsWith("<!--"u8))
            {
                // The dashes of the start may be those of the end: <!--> is a whole comment.
                _at += 2;
                SkipPast("-->"u8);
            }
            else if (StartsTag("<meta"u8))
            {
                _at += "<meta".Length;
                if (ReadMeta() is { } encoding) return encoding;
            }
            else if (Rest.Length > 2 && Rest[0] == '<' && IsLetter(Rest[1] == '/' ? Rest[2] : Rest[1]))
            {
                SkipUntil(TagNameEnd);
                while (TryReadAttribute(out _, out _))
                {
                }
            }
            else if (Rest[0] == '<' && Rest.Length > 1 && Rest[1] is (byte)'!' or (byte)'/' or (byte)'?')
            {
                SkipPast(">"u8);
            }
            else
            {
                _at++;
            }
        }

        return null;
    }

    private Encoding? ReadMeta()
    {
        bool isContentType = false;
        bool? needsContentType = null;
        bool hasHttpEquiv = false, hasContent = false, hasCharset = false;
        Encoding? encoding = null;
        while (TryReadAttribute(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
        {
            if (Ascii.EqualsIgnoreCase(name, "http-equiv"u8) && !hasHttpEquiv)
            {
                hasHttpEquiv = true;
                isContentType = Ascii.EqualsIgnoreCase(value, "content-type"u8);
            }
            else if (Ascii.EqualsIgnoreCase(name, "content"u8) && !hasContent)
            {
                hasContent = true;
                if (encoding is null && FromContent(value) is { } named) (encoding, needsContentType) = (named, true);
            }
            else if (Ascii.EqualsIgnoreCase(name, "charset"u8) && !hasCharset)
            {
                hasCharset = true;
                (encoding, needsContentType) = (ForDeclaredLabel(value), false);
            }
        }

        return AtEnd || (needsContentType == true && !isContentType) ? null : encoding;
    }

    /// <summary>The charset in the content of a <c>meta http-equiv</c>, which is looser than a media type.</summary>
    private static Encoding? FromContent(ReadOnlySpan<byte> content)
    {
        while (true)
        {
            int at = IndexOfIgnoreCase(content, "charset"u8);
            if (at < 0) return null;

            content = content[(at + "charset".Length)..].TrimStart(Whitespace);
            if (content is not [(byte)'=', ..]) continue;

            content = content[1..].TrimStart(Whitespace);
            if (StartsWithQuote(content)) return TryUnquote(content, out ReadOnlySpan<byte> quoted) ? ForDeclaredLabel(quoted) : null;

            int end = content.IndexOfAny(LabelEnd);
            return ForDeclaredLabel(end < 0 ? content : content[..end]);
        }
    }

    /// <summary>Reads the next attribute of a tag; false at the tag's end and at the document's.</summary>
    private bool TryReadAttribute(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        name = value = default;
        _at = _document.Length - Rest.TrimStart(" \t\r\n\f/"u8).Length;
        if (AtEnd || Rest[0] == '>') return false;

        int start = _at;
        // A name may begin with '='; after that the sign ends it.
        _at++;
        SkipUntil(AttributeNameEnd);
        name = _document[start.._at];

        SkipWhitespace();
        if (AtEnd || Rest[0] != '=') return !AtEnd;
        _at++;
        SkipWhitespace();
        if (AtEnd) return false;

        start = _at;
        if (StartsWithQuote(Rest))
        {
            bool closed = TryUnquote(Rest, out value);
            _at = closed ? start + value.Length + 2 : _document.Length;
            return closed;
        }

        SkipUntil(TagNameEnd);
        value = _document[start.._at];
        return !AtEnd;
    }

    /// <summary>What stands between the quote that begins the text and its next one.</summary>
    private static bool TryUnquote(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!StartsWithQuote(text)) return false;

        int length = text[1..].IndexOf(text[0]);
        if (length < 0) return false;
        value = text.Slice(1, length);
        return true;
    }

    private static bool StartsWithQuote(ReadOnlySpan<byte> text) => text is [(byte)'"' or (byte)'\'', ..];

    private static Encoding? ForDeclaredLabel(ReadOnlySpan<byte> label)
    {
        if (label.IsEmpty || label.Length > LongestLabel) return null;

        Span<char> characters = stackalloc char[label.Length];
        Encoding.Latin1.GetChars(label, characters);

        // Whoever could read the declaration as ASCII was not reading UTF-16.
        return CharsetLabels.NameOf(characters) switch
        {
            null => null,
            "UTF-16LE" or "UTF-16BE" => Encoding.UTF8,
            "x-user-defined" => TextEncodings.ForLabel("windows-1252"),
            _ => TextEncodings.ForLabel(characters),
        };
    }

    private readonly bool StartsTag(ReadOnlySpan<byte> tag) =>
        Rest.Length > tag.Length && Ascii.EqualsIgnoreCase(Rest[..tag.Length], tag) && (Whitespace.Contains(Rest[tag.Length]) || Rest[tag.Length] == '/');

    private void SkipWhitespace() => _at = _document.Length - Rest.TrimStart(Whitespace).Length;

    private void SkipUntil(SearchValues<byte> terminators)
    {
        int length = Rest.IndexOfAny(terminators);
        _at = length < 0 ? _document.Length : _at + length;
    }

    private void SkipPast(ReadOnlySpan<byte> text)
    {
        int length = Rest.IndexOf(text);
        _at = length < 0 ? _document.Length : _at + length + text.Length;
    }

    private static bool IsLetter(byte b) => char.IsAsciiLetter((char)b);

    private static int IndexOfIgnoreCase(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        for (int at = 0; at + word.Length <= text.Length; at++)
        {
            if (Ascii.EqualsIgnoreCase(text.Slice(at, word.Length), word)) return at;
        }

        return -1;
    }
}
