using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary>
/// Indents and colours JSON. Numbers and names stay as they are written, <c>\u00e9</c> is shown as the character it is, and characters that
/// a terminal would obey are shown as such escapes. Before the JSON there may be the guard that some servers put there: <c>)]}',</c>.
/// </summary>
internal sealed class JsonFormatter(PrintOptions options)
{
    private const int MaxPrefix = 256;

    /// <summary>Writes a text that is JSON.</summary>
    /// <returns>Whether it is; otherwise nothing was written.</returns>
    public bool TryWrite(string text, ShadedText output)
    {
        if (JsonTokenizer.Tokenize(text) is { } tokens)
        {
            Write(text, tokens, output);
            return true;
        }

        int start = text.AsSpan(0, Math.Min(text.Length, MaxPrefix)).IndexOfAny('{', '[', '"');
        if (start <= 0) return false;

        string json = text[start..];
        tokens = JsonTokenizer.Tokenize(json);
        if (tokens is null) return false;

        output.Add(TerminalText.Lines(text[..start]), Shade.Comment);
        Write(json, tokens, output);
        return true;
    }

    private void Write(string text, List<JsonToken> tokens, ShadedText output)
    {
        if (!options.Format || !options.Formatting.JsonFormat) WriteAsItStands(text, tokens, output);
        else if (options.Formatting.JsonSortKeys) WriteIndented(text, JsonKeySorter.Sort(text, tokens), output);
        else WriteIndented(text, tokens, output);
    }

    private static void WriteAsItStands(string text, List<JsonToken> tokens, ShadedText output)
    {
        int end = 0;
        foreach (JsonToken token in tokens)
        {
            output.Add(TerminalText.Lines(text[end..token.Start]));
            WriteToken(text, token, output);
            end = token.Start + token.Length;
        }

        output.Add(TerminalText.Lines(text[end..]));
    }

    private void WriteIndented(string text, List<JsonToken> tokens, ShadedText output)
    {
        int depth = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            JsonToken token = tokens[i];
            bool isEmpty = token.IsEnd && tokens[i - 1].IsStart;
            if (token.IsEnd) depth--;
            if (token.IsEnd && !isEmpty) BeginLine(depth, output);
            WriteToken(text, token, output);
            if (token.IsStart) depth++;
            if (token.Kind == JsonTokenKind.Colon) output.AddBlanks(1);
            else if (token.Kind == JsonTokenKind.Comma || (token.IsStart && !tokens[i + 1].IsEnd)) BeginLine(depth, output);
        }
    }

    private void BeginLine(int depth, ShadedText output) => output.EndLine().AddBlanks(depth * options.Formatting.JsonIndent);

    private static void WriteToken(string text, JsonToken token, ShadedText output)
    {
        switch (token.Kind)
        {
            case JsonTokenKind.Key:
                WriteString(text.AsSpan(token.Start, token.Length), Shade.Name, output);
                break;
            case JsonTokenKind.Text:
                WriteString(text.AsSpan(token.Start, token.Length), Shade.Text, output);
                break;
            case JsonTokenKind.Number:
                output.Add(text.AsSpan(token.Start, token.Length), Shade.Number);
                break;
            case JsonTokenKind.Word:
                output.Add(text.AsSpan(token.Start, token.Length), Shade.Word);
                break;
            default:
                output.Add(Sign(token.Kind), Shade.Punctuation);
                break;
        }
    }

    private static string Sign(JsonTokenKind kind) => kind switch
    {
        JsonTokenKind.ObjectStart => "{",
        JsonTokenKind.ObjectEnd => "}",
        JsonTokenKind.ArrayStart => "[",
        JsonTokenKind.ArrayEnd => "]",
        JsonTokenKind.Colon => ":",
        _ => ",",
    };

    private static void WriteString(ReadOnlySpan<char> text, Shade shade, ShadedText output)
    {
        while (!text.IsEmpty)
        {
            int at = TerminalText.IndexOfControlOrBackslash(text);
            if (at < 0) at = text.Length;
            output.Add(text[..at], shade);
            text = text[at..];
            if (text.IsEmpty) return;

            text = text[WriteSpecial(text, shade, output)..];
        }
    }

    // Writes what begins with a backslash or is a control character; tells how many characters that was.
    private static int WriteSpecial(ReadOnlySpan<char> text, Shade shade, ShadedText output)
    {
        if (text[0] != '\\')
        {
            output.Add(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)text[0]:x4}"), shade);
            return 1;
        }

        if (text[1] != 'u')
        {
            output.Add(text[..2], shade);
            return 2;
        }

        char first = Unescape(text);
        if (char.IsHighSurrogate(first) && text.Length > 12 && text[6] == '\\' && text[7] == 'u' && char.IsLowSurrogate(Unescape(text[6..])))
        {
            output.Add([first, Unescape(text[6..])], shade);
            return 12;
        }

        bool isShown = first >= '\u00a0' && !char.IsSurrogate(first) && !TerminalText.IsControl(first);
        output.Add(isShown ? [first] : text[..6], shade);
        return 6;
    }

    private static char Unescape(ReadOnlySpan<char> escape) =>
        (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
