namespace RequestsAsync.Cli;

/// <summary>Reads the values of <c>-H</c>: <c>Name: value</c>, <c>Name:</c> to send none, <c>Name;</c> for an empty one, <c>@file</c> for a file of them.</summary>
internal static class CurlHeaderLines
{
    public static IEnumerable<DescribedHeader> Read(IEnumerable<string> values, CurlHost host)
    {
        foreach (string value in values)
        {
            string[] lines = value.StartsWith('@') ? host.ReadText(value[1..]).Split('\n') : [value];
            foreach (string line in lines)
            {
                if (Parse(line.TrimEnd('\r')) is { } header) yield return header;
            }
        }
    }

    // What is no header curl does not send either.
    private static DescribedHeader? Parse(string line)
    {
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
        {
            string value = line[(colon + 1)..].Trim(' ', '\t');
            return new(line[..colon].Trim(), value.Length == 0 ? null : value);
        }

        int semicolon = line.IndexOf(';', StringComparison.Ordinal);
        return semicolon > 0 && line.AsSpan(semicolon + 1).IsWhiteSpace() ? new(line[..semicolon].Trim(), "") : null;
    }
}
