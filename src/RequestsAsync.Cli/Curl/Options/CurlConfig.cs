using System.Text;

namespace RequestsAsync.Cli;

/// <summary>A file of arguments for <c>-K</c>: one option a line, its value after a blank, <c>=</c> or <c>:</c> (curl's <c>tool_parsecfg.c</c>).</summary>
internal static class CurlConfig
{
    /// <summary>The words that the file stands for.</summary>
    public static IEnumerable<string> Parse(string file)
    {
        foreach (string raw in file.Split('\n'))
        {
            string line = raw.Trim();
            if (line.Length == 0 || line[0] == '#') continue;

            bool hasDashes = line[0] == '-';
            int end = IndexOfSeparator(line);
            string option = line[..end];
            yield return hasDashes ? option : "--" + option;

            ReadOnlySpan<char> value = line.AsSpan(end).TrimStart();
            if (!value.IsEmpty && value[0] is '=' or ':' && !hasDashes) value = value[1..].TrimStart();
            if (!value.IsEmpty) yield return Unquote(value);
        }
    }

    private static int IndexOfSeparator(string line)
    {
        int end = line[0] == '-' ? line.AsSpan().IndexOfAny(' ', '\t') : line.AsSpan().IndexOfAny(" \t=:");
        return end < 0 ? line.Length : end;
    }

    private static string Unquote(ReadOnlySpan<char> value)
    {
        if (value[0] != '"')
        {
            int end = value.IndexOfAny(' ', '\t');
            return (end < 0 ? value : value[..end]).ToString();
        }

        StringBuilder text = new();
        for (int i = 1; i < value.Length && value[i] != '"'; i++)
        {
            char c = value[i];
            if (c == '\\' && i + 1 < value.Length)
                c = value[++i] switch { 't' => '\t', 'n' => '\n', 'r' => '\r', 'v' => '\v', var other => other };
            text.Append(c);
        }

        return text.ToString();
    }
}
