namespace RequestsAsync.Cli;

/// <summary>Where the pieces of an XML document go: each element on its own line, and one that holds text on one line with all that is in it.</summary>
internal sealed class XmlLayout
{
    private const int MaxDepth = 256;

    private readonly int[] _depths;
    private readonly int[] _last;

    private XmlLayout(int count)
    {
        _depths = new int[count];
        _last = new int[count];
    }

    /// <summary>How deep a piece stands.</summary>
    public int Depth(int piece) => _depths[piece];

    /// <summary>The last piece on the line that begins with this one.</summary>
    public int LastOnLine(int piece) => _last[piece];

    /// <summary>The layout of a document; <see langword="null"/> where tags do not match, or there is not one root.</summary>
    public static XmlLayout? Of(string text, List<MarkupPiece> pieces)
    {
        XmlLayout layout = new(pieces.Count);
        Stack<Element> open = new();
        int roots = 0;
        for (int i = 0; i < pieces.Count; i++)
        {
            ReadOnlySpan<char> part = text.AsSpan(pieces[i].Start, pieces[i].Length);
            MarkupPieceKind kind = pieces[i].Kind;
            if (kind == MarkupPieceKind.EndTag && !layout.TryClose(text, pieces, open, i)) return null;

            layout._depths[i] = open.Count;
            if (kind != MarkupPieceKind.EndTag) layout._last[i] = i;
            if (kind is MarkupPieceKind.StartTag or MarkupPieceKind.EmptyTag && open.Count == 0) roots++;
            if (kind == MarkupPieceKind.StartTag) open.Push(new(i, HoldsText: KeepsBlanks(part)));
            if (kind is MarkupPieceKind.Text or MarkupPieceKind.CharacterData && !part.IsWhiteSpace())
            {
                if (open.Count == 0 || part.Contains('<') && kind == MarkupPieceKind.Text) return null;
                open.Push(open.Pop() with { HoldsText = true });
            }

            if (open.Count > MaxDepth) return null;
        }

        return open.Count == 0 && roots == 1 ? layout : null;
    }

    private bool TryClose(string text, List<MarkupPiece> pieces, Stack<Element> open, int end)
    {
        if (!open.TryPop(out Element element)) return false;

        MarkupPiece start = pieces[element.Start];
        if (!MarkupTokenizer.Name(text.AsSpan(start.Start, start.Length)).SequenceEqual(MarkupTokenizer.Name(text.AsSpan(pieces[end].Start, pieces[end].Length))))
            return false;

        _last[end] = end;
        bool isEmpty = end == element.Start + 1;
        if (element.HoldsText || isEmpty) _last[element.Start] = end;
        return true;
    }

    private static bool KeepsBlanks(ReadOnlySpan<char> tag) => tag.Contains("xml:space=\"preserve\"", StringComparison.Ordinal);

    private readonly record struct Element(int Start, bool HoldsText);
}
