using System.Globalization;
using System.Text.Json;

namespace RequestsAsync.Testing;

/// <summary>What is different between a request and one that was recorded, in lines for a person.</summary>
internal static class RequestDifference
{
    private const int MaxLines = 5;
    private const int MaxShown = 60;

    /// <summary>How far apart they are; 0 for the same.</summary>
    public static int Distance(RequestKey request, RequestKey recorded)
    {
        int distance = request.Origin == recorded.Origin ? 0 : 8;
        if (request.Method != recorded.Method) distance += 6;
        if (request.Path != recorded.Path) distance += 4 + Math.Min(20, SegmentsApart(request.Path, recorded.Path) * 4);
        distance += 2 * (OnlyIn(request.Query, recorded.Query).Count + OnlyIn(recorded.Query, request.Query).Count);
        distance += OnlyIn(request.Headers, recorded.Headers).Count + OnlyIn(recorded.Headers, request.Headers).Count;
        return request.Body == recorded.Body ? distance : distance + 3;
    }

    /// <summary>One line for each part that is different.</summary>
    public static IEnumerable<string> Lines(RequestKey request, RequestKey recorded)
    {
        if (request.Method != recorded.Method) yield return $"method: {request.Method}, recorded {recorded.Method}";
        if (request.Origin != recorded.Origin) yield return $"origin: {request.Origin}, recorded {recorded.Origin}";
        if (request.Path != recorded.Path) yield return $"path: {request.Path}, recorded {recorded.Path}";
        foreach (string line in Items("query", request.Query, recorded.Query)) yield return line;
        foreach (string line in Items("header", request.Headers, recorded.Headers)) yield return line;
        if (request.Body == recorded.Body) yield break;

        IEnumerable<string> lines = request.IsJson && recorded.IsJson ? Json(request.Body, recorded.Body) : [Text(request.Body, recorded.Body)];
        foreach (string line in lines.Take(MaxLines)) yield return line;
    }

    private static int SegmentsApart(string one, string other)
    {
        string[] a = one.Split('/');
        string[] b = other.Split('/');
        return a.Zip(b).Count(static pair => pair.First != pair.Second) + Math.Abs(a.Length - b.Length);
    }

    private static IEnumerable<string> Items(string what, IReadOnlyList<string> request, IReadOnlyList<string> recorded)
    {
        foreach (string item in OnlyIn(request, recorded).Take(MaxLines)) yield return $"{what}: {Shown(item)} was not recorded";
        foreach (string item in OnlyIn(recorded, request).Take(MaxLines)) yield return $"{what}: {Shown(item)} was recorded, and is not sent";
    }

    private static List<string> OnlyIn(IReadOnlyList<string> one, IReadOnlyList<string> other)
    {
        List<string> left = [.. one];
        foreach (string item in other) left.Remove(item);
        return left;
    }

    private static string Text(string request, string recorded)
    {
        if (request.Length == 0) return $"body: none, recorded {Shown(recorded)}";
        if (recorded.Length == 0) return $"body: {Shown(request)}, recorded none";

        int at = request.AsSpan().CommonPrefixLength(recorded);
        int from = Math.Max(0, at - 10);
        return string.Create(CultureInfo.InvariantCulture, $"body: differs at character {at}: …{Shown(request[from..])}, recorded …{Shown(recorded[from..])}");
    }

    private static List<string> Json(string request, string recorded)
    {
        using JsonDocument one = JsonDocument.Parse(request);
        using JsonDocument other = JsonDocument.Parse(recorded);
        List<string> lines = [];
        Compare("$", one.RootElement, other.RootElement, lines);
        return lines;
    }

    private static void Compare(string path, JsonElement request, JsonElement recorded, List<string> lines)
    {
        if (lines.Count >= MaxLines || JsonElement.DeepEquals(request, recorded)) return;

        if (request.ValueKind == JsonValueKind.Object && recorded.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in request.EnumerateObject())
            {
                if (recorded.TryGetProperty(member.Name, out JsonElement old)) Compare($"{path}.{member.Name}", member.Value, old, lines);
                else lines.Add($"body: {path}.{member.Name} is {Shown(member.Value.GetRawText())}, and was not recorded");
            }

            foreach (JsonProperty member in recorded.EnumerateObject())
            {
                if (!request.TryGetProperty(member.Name, out _)) lines.Add($"body: {path}.{member.Name} was recorded as {Shown(member.Value.GetRawText())}, and is not sent");
            }
        }
        else if (request.ValueKind == JsonValueKind.Array && recorded.ValueKind == JsonValueKind.Array && request.GetArrayLength() == recorded.GetArrayLength())
        {
            for (int i = 0; i < request.GetArrayLength(); i++)
                Compare(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), request[i], recorded[i], lines);
        }
        else
        {
            lines.Add($"body: {path} is {Shown(request.GetRawText())}, recorded {Shown(recorded.GetRawText())}");
        }
    }

    private static string Shown(string text)
    {
        string line = text.ReplaceLineEndings("⏎");
        return line.Length <= MaxShown ? line : line[..MaxShown] + "…";
    }
}
