using System.Text;

namespace RequestsAsync.Bulk;

/// <summary>Makes the request that a line of a text describes: its URL.</summary>
internal static class RequestLine
{
    /// <summary>How much of a line that is no request its record repeats, in characters.</summary>
    public const int ShownCharacters = 2_000;

    /// <summary>The request of a line that is neither empty nor a comment; one with a <see cref="BulkRequest.Problem"/> if it is none.</summary>
    public static BulkRequest Parse(ReadOnlySpan<byte> line, long number) => Make("GET", Encoding.UTF8.GetString(line), line, number);

    /// <summary>A request to a URL as it was written; a URL without scheme is http's.</summary>
    public static BulkRequest Make(string method, string url, ReadOnlySpan<byte> line, long number)
    {
        if (!url.Contains("://", StringComparison.Ordinal)) url = "http://" + url;
        if (!UrlParser.TryParse(url, baseUrl: null, out Url? parsed, out string? problem)) return Bad($"The URL is not valid: {problem}", line, number);
        if (parsed.Scheme is not ("http" or "https")) return Bad($"The scheme {parsed.Scheme} is not supported, only http and https are.", line, number);
        if (!HostKey.TryOf(parsed, out string? host, out problem)) return Bad($"The URL is not valid: {problem}", line, number);

        string address = parsed.Fragment is null ? parsed.Href : parsed.Href[..parsed.Href.IndexOf('#', StringComparison.Ordinal)];
        return new() { Id = RequestId.Of(method, address, []), Line = number, Method = method, Url = address, Host = host };
    }

    /// <summary>A line that is no request.</summary>
    public static BulkRequest Bad(string problem, ReadOnlySpan<byte> line, long number)
    {
        // Two bad lines are two records, even if they say the same: the number makes them differ. A method is never empty, so no request has such an id.
        string text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, 4 * ShownCharacters)]);
        if (text.Length > ShownCharacters) text = text[..(char.IsHighSurrogate(text[ShownCharacters - 1]) ? ShownCharacters - 1 : ShownCharacters)] + "…";
        return new() { Id = RequestId.Of("", $"{number}", line), Line = number, Method = "", Url = text, Host = "", Problem = problem };
    }
}
