using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RequestsAsync.Interop;

/// <summary>An answer as a list of aspects, without what differs each time: addresses, nonces, identifiers, the clock.</summary>
internal sealed partial class BinAnswer
{
    private const string Status = "status";

    private static readonly string[] Fields =
    [
        "Accept-Ranges", "Access-Control-Allow-Credentials", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods",
        "Access-Control-Allow-Origin", "Access-Control-Max-Age", "Cache-Control", "Content-Encoding", "Content-Range", "Content-Type", "ETag",
        "Last-Modified", "Location", "Proxy-Authenticate", "WWW-Authenticate", "X-More-Info", "X-A", "X-B",
    ];

    private readonly SortedDictionary<string, string> _aspects = new(StringComparer.Ordinal);

    private BinAnswer()
    {
    }

    /// <summary>Takes an answer down.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="origin">Whose it is, which is then written as <c>{origin}</c>.</param>
    public static BinAnswer Of(Response response, string origin)
    {
        BinAnswer answer = new();
        answer._aspects[Status] = response.StatusCode.ToString(CultureInfo.InvariantCulture);
        foreach (string name in Fields)
        {
            if (response.Headers[name] is { } value) answer._aspects[name] = Settle(value, origin);
        }

        // Their order says nothing.
        if (response.Headers["Allow"] is { } allow) answer._aspects["Allow"] = string.Join(", ", allow.Split(", ").Order(StringComparer.Ordinal));
        if (response.Headers.Contains("Set-Cookie"))
            answer._aspects["Set-Cookie"] = string.Join(" | ", response.Headers.GetValues("Set-Cookie").Order(StringComparer.Ordinal).Select(cookie => Settle(cookie, origin)));

        foreach ((string name, string value) in BodyOf(response, origin)) answer._aspects["body" + name] = value;
        return answer;
    }

    /// <summary>The names of the aspects that differ, each with both values; the status alone where that does, as the rest follows from it.</summary>
    public IEnumerable<(string Aspect, string Values)> DifferencesFrom(BinAnswer other) =>
        from aspect in _aspects[Status] == other._aspects[Status] ? _aspects.Keys.Union(other._aspects.Keys) : [Status]
        let values = (Ours: _aspects.GetValueOrDefault(aspect, "-"), Theirs: other._aspects.GetValueOrDefault(aspect, "-"))
        where values.Ours != values.Theirs
        select (aspect, $"{values.Ours} / {values.Theirs}");

    // JSON member by member, its lines likewise, and text as it is; of a picture its first bytes.
    private static IEnumerable<(string Name, string Value)> BodyOf(Response response, string origin)
    {
        string type = response.Headers["Content-Type"] ?? "";
        if (response.Content.IsEmpty) return [("", "empty")];
        if (type.StartsWith("application/json", StringComparison.Ordinal))
        {
            string[] lines = response.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return response.Url.Path.StartsWith("/stream/", StringComparison.Ordinal)
                ? lines.SelectMany((line, i) => Members($"[{i}]", JsonDocument.Parse(line).RootElement, origin))
                : Members("", response.Json(), origin);
        }

        // Pages in words are each server's own.
        if (type.StartsWith("text/html", StringComparison.Ordinal) && response.Text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase)) return [("", "a page")];

        return type.StartsWith("image/", StringComparison.Ordinal)
            ? [("", response.Content.Span[..2] is [(byte)'<', ..] ? "SVG" : Convert.ToHexString(response.Content.Span[..2]))]
            : [("", Settle(response.Text, origin))];
    }

    private static IEnumerable<(string Name, string Value)> Members(string path, JsonElement value, string origin) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject()
            .SelectMany(member => Members($"{path}.{member.Name}", member.Value, origin))
            .Append((path + " keys", string.Join(' ', value.EnumerateObject().Select(member => member.Name)))),
        JsonValueKind.String => [(path, $"\"{Settle(value.GetString()!, origin)}\"")],
        _ => [(path, value.GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal))],
    };

    private static string Settle(string text, string origin)
    {
        text = text.Replace(origin, "{origin}", StringComparison.Ordinal)
            .Replace(origin["http://".Length..], "{authority}", StringComparison.Ordinal);
        text = HexadecimalRun().Replace(text, "{hex}");
        text = Identifier().Replace(text, "{uuid}");
        return Date().Replace(text, "{date}");
    }

    [GeneratedRegex("[0-9a-f]{32,}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HexadecimalRun();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex("(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-3][0-9] [A-Z][a-z]{2} 2[0-9]{3} [0-9:]{8} GMT", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Date();
}
