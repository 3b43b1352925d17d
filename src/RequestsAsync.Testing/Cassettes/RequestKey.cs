using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RequestsAsync.Testing;

/// <summary>What of a request must match, in the form in which it is compared.</summary>
internal sealed partial class RequestKey
{
    private RequestKey()
    {
    }

    public required string Method { get; init; }

    public required string Origin { get; init; }

    public required string Path { get; init; }

    /// <summary>By name; values of one name in their order.</summary>
    public required IReadOnlyList<string> Query { get; init; }

    public required IReadOnlyList<string> Headers { get; init; }

    public required string Body { get; init; }

    /// <summary>Whether <see cref="Body"/> is JSON.</summary>
    public required bool IsJson { get; init; }

    /// <summary>All of it; equal keys have equal texts.</summary>
    public string Text => string.Join('\n', [Method, Origin, Path, .. Query, "", .. Headers, "", Body]);

    /// <summary>The key of a request whose secrets are hidden.</summary>
    public static RequestKey Of(HarRequest request, CassetteOptions options)
    {
        CassetteMatch match = options.Match;
        (string origin, string path, string query) = Split(request.Url);
        (string body, bool isJson) = match.HasFlag(CassetteMatch.Body) ? BodyOf(request) : ("", false);
        return new()
        {
            Method = match.HasFlag(CassetteMatch.Method) ? request.Method : "",
            Origin = match.HasFlag(CassetteMatch.Origin) ? origin.ToLowerInvariant() : "",
            Path = match.HasFlag(CassetteMatch.Path) ? path : "",
            Query = match.HasFlag(CassetteMatch.Query) ? [.. QueryOf(query, options.IgnoreQuery)] : [],
            Headers = [.. HeadersOf(request, options.MatchHeaders)],
            Body = body,
            IsJson = isJson,
        };
    }

    // What separates fields and lines is written as in a URL, so that no two forms have one text.
    private static string Field(string name, string value) => $"{Escaped(name)}={Escaped(value)}";

    private static string Escaped(string text) =>
        text.AsSpan().ContainsAny("%&=\r\n") ? Separators().Replace(text, static match => Uri.EscapeDataString(match.Value)) : text;

    private static (string Origin, string Path, string Query) Split(string url)
    {
        int fragment = url.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0) url = url[..fragment];
        int query = url.IndexOf('?', StringComparison.Ordinal);
        string main = query < 0 ? url : url[..query];
        int authority = main.IndexOf("://", StringComparison.Ordinal);
        int path = authority < 0 ? -1 : main.IndexOf('/', authority + 3);
        return path < 0
            ? (main, "/", query < 0 ? "" : url[(query + 1)..])
            : (main[..path], main[path..], query < 0 ? "" : url[(query + 1)..]);
    }

    private static IEnumerable<string> QueryOf(string query, IReadOnlyCollection<string> ignored) => FormUrlDecoder.Read(query)
        .Where(field => !ignored.Contains(field.Key, StringComparer.OrdinalIgnoreCase))
        .OrderBy(static field => field.Key, StringComparer.Ordinal) // stable: values of one name stay in their order
        .Select(static field => Field(field.Key, field.Value));

    private static IEnumerable<string> HeadersOf(HarRequest request, IReadOnlyCollection<string> names) => names
        .Order(StringComparer.OrdinalIgnoreCase)
        .SelectMany(name => request.Headers.Where(header => RequestsAsync.Headers.SameName(header.Key, name)).Select(header => $"{name.ToLowerInvariant()}: {header.Value}"));

    private static (string Body, bool IsJson) BodyOf(HarRequest request)
    {
        if (request.Body is not { Text: { Length: > 0 } text } body) return ("", false);
        if (body.MimeType.Contains("json", StringComparison.OrdinalIgnoreCase) && !body.IsBase64 && Canonical(text) is { } json) return (json, true);
        if (request.IsForm) return (FormOf(text), false);

        // A boundary is chosen anew for each request.
        if (MediaType.Extract(body.MimeType) is { } type && type.Essence.StartsWith("multipart/", StringComparison.Ordinal) && type.Parameter("boundary") is { Length: > 0 } boundary)
            return (Encoding.Latin1.GetString(body.ToBytes()).Replace(boundary, "boundary", StringComparison.Ordinal), false);
        return (text, false);
    }

    // What is no UTF-8 is compared as it is written: decoded, all of it would be the same.
    private static string FormOf(string text)
    {
        string decoded = string.Join('&', FormUrlDecoder.Read(text).Select(static field => Field(field.Key, field.Value)));
        return decoded.Contains('\uFFFD', StringComparison.Ordinal) ? text : decoded;
    }

    private static string? Canonical(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            using MemoryStream sorted = new();
            using (Utf8JsonWriter json = new(sorted))
                Write(json, document.RootElement);
            return Encoding.UTF8.GetString(sorted.GetBuffer(), 0, (int)sorted.Length);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException)
        {
            return null; // it is none, or has half a pair of surrogates in it
        }
    }

    private static void Write(Utf8JsonWriter json, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (JsonProperty member in element.EnumerateObject().OrderBy(static member => member.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                    Write(json, item);
                json.WriteEndArray();
                break;
            case JsonValueKind.String:
                json.WriteStringValue(element.GetString());
                break;
            case JsonValueKind.Number:
                json.WriteRawValue(JsonNumber.Canonical(element.GetRawText()));
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }

    [GeneratedRegex("[%&=\r\n]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Separators();
}
