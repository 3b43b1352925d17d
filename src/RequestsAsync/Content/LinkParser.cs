namespace RequestsAsync;

/// <summary>Reads Link headers (RFC 8288 Appendix B). Nothing in a header makes it fail; what is not a link is passed over.</summary>
internal static class LinkParser
{
    /// <summary>The links of all Link field lines, in their order.</summary>
    /// <param name="fieldValues">The field values.</param>
    /// <param name="resolve">Makes a URL absolute; where it gives <see langword="null"/>, the URL stays as it was written.</param>
    public static IReadOnlyList<Link> Parse(IEnumerable<string> fieldValues, Func<string, string?>? resolve = null)
    {
        List<Link> links = [];
        foreach (string value in fieldValues)
            Parse(value, resolve, links);
        return links;
    }

    private static void Parse(string value, Func<string, string?>? resolve, List<Link> links)
    {
        HeaderScanner scanner = new(value);
        while (true)
        {
            scanner.SkipWhitespace();
            if (scanner.TryTake(',')) continue;
            if (scanner.AtEnd) return;

            if (!scanner.TryTake('<'))
            {
                scanner.TakeUntilUnquoted(',');
                continue;
            }

            string url = scanner.TakeUntil(">").Trim(HeaderScanner.HttpWhitespace).ToString();
            if (!scanner.TryTake('>')) return;

            IReadOnlyDictionary<string, string> parameters = ReadParameters(ref scanner);
            links.Add(new(resolve?.Invoke(url) ?? url, SplitRelations(parameters), parameters));
        }
    }

    private static IReadOnlyDictionary<string, string> ReadParameters(ref HeaderScanner scanner)
    {
        HeaderParameters parameters = new();
        while (true)
        {
            scanner.SkipWhitespace();
            if (scanner.TryTake(';')) continue;
            if (scanner.AtEnd || scanner.IsAt(',')) return parameters.Values;

            ReadOnlySpan<char> name = scanner.TakeUntil(" \t\r\n=;,");
            scanner.SkipWhitespace();
            parameters.Add(name, scanner.TryTake('=') ? TakeValue(ref scanner) : "");
        }
    }

    private static string TakeValue(ref HeaderScanner scanner)
    {
        scanner.SkipWhitespace();
        return scanner.IsAt('"')
            ? scanner.TakeQuotedString(out _)
            : scanner.TakeUntil(";,").TrimEnd(HeaderScanner.HttpWhitespace).ToString();
    }

    private static string[] SplitRelations(IReadOnlyDictionary<string, string> parameters) =>
        parameters.TryGetValue("rel", out string? relations) ? relations.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [];
}
