using System.Buffers;

namespace RequestsAsync.Cli;

/// <summary>Takes an XML or HTML text apart into tags and what is between. It reads any text: what is no tag is text.</summary>
internal static class MarkupTokenizer
{
    // What is in them is no markup (HTML §13.1.2).
    private static readonly string[] RawElements = ["script", "style", "textarea", "title"];

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n/>");

    /// <summary>The pieces, which make up the whole text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isHtml">Whether the elements of HTML that hold no markup are passed over.</param>
    public static List<MarkupPiece> Tokenize(string text, bool isHtml)
    {
        List<MarkupPiece> pieces = [];
        int at = 0;
        while (at < text.Length)
        {
            MarkupPiece piece = Next(text, at);
            pieces.Add(piece);
            at += piece.Length;
            if (isHtml && piece.Kind == MarkupPieceKind.StartTag && RawLength(text, piece) is > 0 and int raw)
            {
                pieces.Add(new(MarkupPieceKind.Text, at, raw));
                at += raw;
            }
        }

        return pieces;
    }

    /// <summary>The name in a tag.</summary>
    public static ReadOnlySpan<char> Name(ReadOnlySpan<char> tag)
    {
        ReadOnlySpan<char> name = tag.TrimStart("</");
        int end = name.IndexOfAny(NameEnds);
        return end < 0 ? name : name[..end];
    }

    private static MarkupPiece Next(string text, int at)
    {
        ReadOnlySpan<char> rest = text.AsSpan(at);
        if (rest.StartsWith("<!--")) return Until(MarkupPieceKind.Comment, "-->");
        if (rest.StartsWith("<![CDATA[")) return Until(MarkupPieceKind.CharacterData, "]]>");
        if (rest.StartsWith("<?")) return Until(MarkupPieceKind.Comment, "?>");
        if (rest.StartsWith("<!")) return new(MarkupPieceKind.Comment, at, DeclarationLength(rest));
        if (IsTag(rest))
        {
            int length = TagLength(rest);
            if (length == 0) return new(MarkupPieceKind.Text, at, rest.Length); // no tag after it ends either; and each would be looked through again

            MarkupPieceKind kind = rest[1] == '/' ? MarkupPieceKind.EndTag : rest[length - 2] == '/' ? MarkupPieceKind.EmptyTag : MarkupPieceKind.StartTag;
            return new(kind, at, length);
        }

        int end = rest[1..].IndexOf('<');
        return new(MarkupPieceKind.Text, at, end < 0 ? rest.Length : end + 1);

        MarkupPiece Until(MarkupPieceKind kind, string terminator)
        {
            int found = text.IndexOf(terminator, at + 2, StringComparison.Ordinal);
            return found < 0 ? new(MarkupPieceKind.Text, at, text.Length - at) : new(kind, at, found + terminator.Length - at);
        }
    }

    private static bool IsTag(ReadOnlySpan<char> text) =>
        text is ['<', var first, ..] && (IsNameStart(first) || (first == '/' && text.Length > 2 && IsNameStart(text[2])));

    private static bool IsNameStart(char c) => char.IsLetter(c) || c is '_' or ':';

    // A bracket in a quoted value does not end the tag. 0 when it never ends.
    private static int TagLength(ReadOnlySpan<char> text)
    {
        int at = 1;
        while (text[at..].IndexOfAny("\"'>") is >= 0 and int next)
        {
            at += next;
            if (text[at] == '>') return at + 1;

            int close = text[(at + 1)..].IndexOf(text[at]);
            if (close < 0) return 0;
            at += close + 2;
        }

        return 0;
    }

    // A document type may hold declarations of its own in brackets.
    private static int DeclarationLength(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAny('[', '>');
        if (end >= 0 && text[end] == '[')
        {
            int close = text[end..].IndexOf(']');
            int bracket = close < 0 ? -1 : text[(end + close)..].IndexOf('>');
            end = bracket < 0 ? -1 : end + close + bracket;
        }

        return end < 0 ? text.Length : end + 1;
    }

    private static int RawLength(string text, MarkupPiece start)
    {
        string name = Name(text.AsSpan(start.Start, start.Length)).ToString();
        if (!RawElements.Contains(name, StringComparer.OrdinalIgnoreCase)) return 0;

        int from = start.Start + start.Length;
        int end = text.IndexOf("</" + name, from, StringComparison.OrdinalIgnoreCase);
        return (end < 0 ? text.Length : end) - from;
    }
}
