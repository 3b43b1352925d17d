namespace RequestsAsync.Testing;

/// <summary>Header fields between messages and what is written of them.</summary>
internal static class MessageFields
{
    /// <summary>Each field value of an answer for itself, those of its content included.</summary>
    public static List<KeyValuePair<string, string>> Of(HttpResponseMessage response) =>
        [.. Each(response.Headers.NonValidated), .. Each(response.Content.Headers.NonValidated)];

    /// <summary>The fields after the content.</summary>
    public static List<KeyValuePair<string, string>> TrailersOf(HttpResponseMessage response) => [.. Each(response.TrailingHeaders.NonValidated)];

    /// <summary>Gives a content the fields of another.</summary>
    public static void Copy(HttpContent from, HttpContent to)
    {
        foreach ((string name, System.Net.Http.Headers.HeaderStringValues values) in from.Headers.NonValidated)
            to.Headers.TryAddWithoutValidation(name, values);
    }

    /// <summary>A protocol as it is written in a file, by browsers too: <c>HTTP/2</c>, <c>http/2.0</c>, <c>h2</c>.</summary>
    public static Version VersionOf(string text)
    {
        string digits = text[(text.LastIndexOfAny(['/', 'h', 'H']) + 1)..];
        if (Version.TryParse(digits, out Version? version)) return version;
        return digits.Length == 1 && char.IsAsciiDigit(digits[0]) ? new(digits[0] - '0', 0) : new(1, 1);
    }

    private static IEnumerable<KeyValuePair<string, string>> Each(System.Net.Http.Headers.HttpHeadersNonValidated headers)
    {
        foreach ((string name, System.Net.Http.Headers.HeaderStringValues values) in headers)
        {
            foreach (string value in values)
                yield return new(name, value);
        }
    }
}
