namespace RequestsAsync.Cli;

/// <summary>A pasted command line cannot be read, or says something that this command does not do.</summary>
/// <param name="message">What is wrong, in one line.</param>
/// <param name="text">The whole text.</param>
/// <param name="position">Where in it; what is after the end stands for the end.</param>
internal sealed class ShellSyntaxException(string message, string text, int position) : Exception(message)
{
    private const int MaxExcerpt = 100;

    public int Position { get; } = Math.Min(position, text.Length);

    /// <summary>The line, and below it a caret at the place.</summary>
    public (string Line, string Caret) Excerpt
    {
        get
        {
            int start = text.LastIndexOf('\n', Math.Max(Position - 1, 0)) + 1;
            if (Position == 0) start = 0;
            int end = text.IndexOf('\n', Position);
            if (end < 0) end = text.Length;
            start = Math.Max(start, Position - (MaxExcerpt / 2));
            end = Math.Min(end, start + MaxExcerpt);

            // What a tab or another control character looks like is not known; with a space the caret stays in its column.
            string line = string.Concat(text[start..end].Select(static c => char.IsControl(c) ? ' ' : c));
            return (TerminalText.Line(line), new string(' ', Position - start) + "^");
        }
    }
}
