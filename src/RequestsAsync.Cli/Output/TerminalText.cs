using System.Buffers;
using System.Globalization;
using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Text from elsewhere, made harmless for a terminal: what would move the cursor, retitle the window or turn the line around is shown, not sent.</summary>
internal static class TerminalText
{
    // Characters that reverse the order of those after them: a name could be made to read as another.
    private const string Reordering = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    // C0, DEL and C1 (ECMA-48: U+009B alone begins a control sequence), and the two separators that end a line without a line feed.
    private static readonly string ControlCharacters =
        string.Concat(Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Select(static c => (char)c)) + "\u2028\u2029" + Reordering;

    private static readonly SearchValues<char> Controls = SearchValues.Create(ControlCharacters);
    private static readonly SearchValues<char> ControlsAndBackslash = SearchValues.Create(ControlCharacters + "\\");

    private const int SampleLength = 4096;

    /// <summary>Text of several lines; tabs and line ends stay.</summary>
    public static string Lines(string text) => Escape(text, keepLines: true);

    /// <summary>Text that is to stay on its line.</summary>
    public static string Line(string text) => Escape(text, keepLines: false);

    /// <summary>Whether a body that was decoded as text is none: it holds a NUL, or much of it was no character.</summary>
    public static bool IsBinary(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0')) return true;

        ReadOnlySpan<char> sample = text[..Math.Min(text.Length, SampleLength)];
        return sample.Count('\ufffd') * 10 > sample.Length;
    }

    /// <summary>Whether a terminal would obey the character instead of showing it; tabs and line ends are such characters too.</summary>
    public static bool IsControl(char c) => Controls.Contains(c);

    /// <summary>Where the first control character or backslash stands.</summary>
    public static int IndexOfControlOrBackslash(ReadOnlySpan<char> text) => text.IndexOfAny(ControlsAndBackslash);

    private static string Escape(string text, bool keepLines)
    {
        int at = text.AsSpan().IndexOfAny(Controls);
        if (at < 0) return text;

        StringBuilder safe = new(text, 0, at, text.Length + 16);
        for (; at < text.Length; at++)
        {
            char c = text[at];
            if (keepLines && c == '\r' && at + 1 < text.Length && text[at + 1] == '\n') continue;
            if (!Controls.Contains(c) || (keepLines && c is '\n' or '\t')) safe.Append(c);
            else if (c <= '\xff') safe.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return safe.ToString();
    }
}
