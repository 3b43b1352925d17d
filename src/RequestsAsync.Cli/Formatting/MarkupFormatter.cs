namespace RequestsAsync.Cli;

/// <summary>Colours XML and HTML, and indents XML whose tags match. The text is safe for a terminal already.</summary>
internal sealed class MarkupFormatter(PrintOptions options)
{
    /// <summary>Writes XML; where a blank may be part of the text, none is added.</summary>
    public void WriteXml(string text, ShadedText output)
    {
        List<MarkupPiece> pieces = MarkupTokenizer.Tokenize(text, isHtml: false);
        if (options is { Format: true, Formatting.XmlFormat: true } && XmlLayout.Of(text, pieces) is { } layout) WriteIndented(text, pieces, layout, output);
        else WriteAsItStands(text, pieces, output);
    }

    /// <summary>Writes HTML, whose lines stay as they are: in it every blank may be seen.</summary>
    public static void WriteHtml(string text, ShadedText output) =>
        WriteAsItStands(text, MarkupTokenizer.Tokenize(text, isHtml: true), output);

    private static void WriteAsItStands(string text, List<MarkupPiece> pieces, ShadedText output)
    {
        foreach (MarkupPiece piece in pieces)
            WritePiece(text, piece, output);
    }

    private void WriteIndented(string text, List<MarkupPiece> pieces, XmlLayout layout, ShadedText output)
    {
        bool isFirst = true;
        for (int i = 0; i < pieces.Count; i++)
        {
            MarkupPiece piece = pieces[i];
            if (piece.Kind == MarkupPieceKind.Text && text.AsSpan(piece.Start, piece.Length).IsWhiteSpace()) continue;

            if (!isFirst) output.EndLine();
            isFirst = false;
            output.AddBlanks(layout.Depth(i) * options.Formatting.XmlIndent);
            int last = layout.LastOnLine(i);
            for (; i <= last; i++)
                WritePiece(text, pieces[i], output);
            i = last;
        }
    }

    private static void WritePiece(string text, MarkupPiece piece, ShadedText output)
    {
        ReadOnlySpan<char> part = text.AsSpan(piece.Start, piece.Length);
        switch (piece.Kind)
        {
            case MarkupPieceKind.Text or MarkupPieceKind.CharacterData:
                output.Add(part);
                break;
            case MarkupPieceKind.Comment:
                output.Add(part, Shade.Comment);
                break;
            default:
                WriteTag(part, output);
                break;
        }
    }

    private static void WriteTag(ReadOnlySpan<char> tag, ShadedText output)
    {
        int name = (tag[1] == '/' ? 2 : 1) + MarkupTokenizer.Name(tag).Length;
        int close = tag[^2] == '/' ? tag.Length - 2 : tag.Length - 1;
        name = Math.Min(name, close);
        output.Add(tag[..name], Shade.Tag);
        ReadOnlySpan<char> attributes = tag[name..close];
        while (!attributes.IsEmpty)
        {
            int equals = attributes.IndexOf('=');
            if (equals < 0) break;

            output.Add(attributes[..equals], Shade.Name).Add("=", Shade.Punctuation);
            attributes = attributes[(equals + 1)..];
            int value = ValueLength(attributes);
            output.Add(attributes[..value], Shade.Text);
            attributes = attributes[value..];
        }

        output.Add(attributes, Shade.Name).Add(tag[close..], Shade.Tag);
    }

    private static int ValueLength(ReadOnlySpan<char> text)
    {
        int blanks = text.Length - text.TrimStart().Length;
        ReadOnlySpan<char> value = text[blanks..];
        if (value.IsEmpty) return text.Length;

        bool isQuoted = value[0] is '"' or '\'';
        int end = isQuoted ? value[1..].IndexOf(value[0]) : value.IndexOfAny(" \t\r\n");
        if (end < 0) return text.Length;
        return blanks + (isQuoted ? end + 2 : end);
    }
}
