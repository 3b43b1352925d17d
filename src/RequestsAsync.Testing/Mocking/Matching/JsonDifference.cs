using System.Globalization;
using System.Text.Json;

namespace RequestsAsync.Testing;

/// <summary>Finds where two JSON values say different things. The order of members does not count, nor how a number is written.</summary>
internal static class JsonDifference
{
    private const int MaxCount = 8;

    /// <summary>What differs, each with its JSONPath (RFC 9535).</summary>
    internal static IReadOnlyList<string> Find(JsonElement expected, JsonElement actual, bool isSubset)
    {
        List<string> found = [];
        Compare(expected, actual, isSubset, "$", found);
        return found;
    }

    private static void Compare(JsonElement expected, JsonElement actual, bool isSubset, string path, List<string> found)
    {
        if (found.Count == MaxCount) return;

        if (expected.ValueKind == JsonValueKind.Object && actual.ValueKind == JsonValueKind.Object)
            CompareObjects(expected, actual, isSubset, path, found);
        else if (expected.ValueKind == JsonValueKind.Array && actual.ValueKind == JsonValueKind.Array)
            CompareArrays(expected, actual, isSubset, path, found);
        else if (!SameValue(expected, actual))
            found.Add($"JSON {path}: expected {Shown(expected)}, got {Shown(actual)}");
    }

    private static void CompareObjects(JsonElement expected, JsonElement actual, bool isSubset, string path, List<string> found)
    {
        foreach (JsonProperty member in expected.EnumerateObject())
        {
            string at = PathOf(path, member.Name);
            if (actual.TryGetProperty(member.Name, out JsonElement value)) Compare(member.Value, value, isSubset, at, found);
            else Add(found, $"JSON {at}: expected {Shown(member.Value)}, it is absent");
        }

        if (isSubset) return;

        foreach (JsonProperty member in actual.EnumerateObject())
        {
            if (!expected.TryGetProperty(member.Name, out _)) Add(found, $"JSON {PathOf(path, member.Name)}: expected to be absent, got {Shown(member.Value)}");
        }
    }

    private static void CompareArrays(JsonElement expected, JsonElement actual, bool isSubset, string path, List<string> found)
    {
        int count = expected.GetArrayLength();
        int actualCount = actual.GetArrayLength();
        if (count != actualCount) Add(found, $"JSON {path}: expected {count} items, got {actualCount}");
        for (int i = 0; i < Math.Min(count, actualCount); i++)
            Compare(expected[i], actual[i], isSubset, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), found);
    }

    // 1, 1.0 and 1e0 are one number.
    private static bool SameValue(JsonElement expected, JsonElement actual) => JsonElement.DeepEquals(expected, actual);

    private static void Add(List<string> found, string difference)
    {
        if (found.Count < MaxCount) found.Add(difference);
    }

    private static string PathOf(string path, string name) =>
        name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c == '_') && !char.IsDigit(name[0]) ? $"{path}.{name}" : $"{path}['{name.Replace("'", "\\'", StringComparison.Ordinal)}']";

    private static string Shown(JsonElement value) => CallText.Cut(value.GetRawText());
}
