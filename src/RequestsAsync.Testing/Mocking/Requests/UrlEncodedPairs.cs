namespace RequestsAsync.Testing;

/// <summary>Reads <c>a=1&amp;b=2</c>, of a query or of a form.</summary>
internal static class UrlEncodedPairs
{
    internal static RecordedFields Parse(string text)
    {
        List<KeyValuePair<string, string>> pairs = [];
        foreach (Range range in text.AsSpan().Split('&'))
        {
            ReadOnlySpan<char> pair = text.AsSpan(range);
            if (pair.IsEmpty) continue;

            int equals = pair.IndexOf('=');
            pairs.Add(equals < 0 ? new(Decode(pair), "") : new(Decode(pair[..equals]), Decode(pair[(equals + 1)..])));
        }

        return new RecordedFields(pairs, StringComparison.Ordinal);
    }

    private static string Decode(ReadOnlySpan<char> text) => PercentEncoding.Decode(text.Contains('+') ? text.ToString().Replace('+', ' ') : text);
}
