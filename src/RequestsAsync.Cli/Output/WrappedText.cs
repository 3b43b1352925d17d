using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Text of fixed lines on a terminal that is narrower than they are.</summary>
internal static class WrappedText
{
    private const int Hanging = 2;

    /// <summary>Breaks the lines that are too long between two words; what follows stands a little further in. A word alone is broken anywhere.</summary>
    /// <param name="text">The lines, one column a character.</param>
    /// <param name="width">The columns, at least 1.</param>
    public static string Fit(string text, int width)
    {
        StringBuilder fitted = new(text.Length);
        int start = 0;
        foreach (Range part in text.AsSpan().Split('\n'))
        {
            ReadOnlySpan<char> line = text.AsSpan()[part];
            if (start++ > 0) fitted.Append('\n');
            if (line.Length <= width) fitted.Append(line);
            else Break(line, width, fitted);
        }

        return fitted.ToString();
    }

    private static void Break(ReadOnlySpan<char> line, int width, StringBuilder fitted)
    {
        int indent = line.Length - line.TrimStart(' ').Length;
        int hanging = Math.Min(indent + Hanging, width / 2);
        int lead = 0;
        while (lead + line.Length > width)
        {
            int room = width - lead;
            int end = line[..(room + 1)].LastIndexOf(' ');
            bool isBetweenWords = end > 0 && !line[..end].IsWhiteSpace();
            fitted.Append(' ', lead).Append(isBetweenWords ? line[..end].TrimEnd(' ') : line[..room]).Append('\n');
            line = isBetweenWords ? line[end..].TrimStart(' ') : line[room..];
            lead = hanging;
        }

        fitted.Append(' ', lead).Append(line);
    }
}
