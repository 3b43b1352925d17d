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
        return [.. JsonComparison.Find(one.RootElement, other.RootElement, isSubset: false).Select(Told)];
    }

    // The request is what is expected, and the recording what was found.
    private static string Told(JsonDifference difference) => difference switch
    {
        { Counts: var (request, recorded) } => string.Create(CultureInfo.InvariantCulture, $"body: {difference.Path} has {request} items, recorded {recorded}"),
        { Expected: null } => $"body: {difference.Path} was recorded as {Shown(difference.Actual!)}, and is not sent",
        { Actual: null } => $"body: {difference.Path} is {Shown(difference.Expected)}, and was not recorded",
        _ => $"body: {difference.Path} is {Shown(difference.Expected)}, recorded {Shown(difference.Actual)}",
    };

    private static string Shown(string text)
    {
        string line = text.ReplaceLineEndings("⏎");
        return line.Length <= MaxShown ? line : line[..MaxShown] + "…";
    }
}
