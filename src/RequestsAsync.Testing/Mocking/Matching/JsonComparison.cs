using System.Globalization;
using System.Text.Json;

namespace RequestsAsync.Testing;

/// <summary>Finds where two JSON values say different things. The order of members does not count, nor how a number is written.</summary>
/// <param name="isSubset">Whether objects of the second may have more members than those of the first.</param>
internal sealed class JsonComparison(bool isSubset)
{
    private const int MaxCount = 8;

    private readonly List<JsonDifference> _found = [];

    /// <summary>What differs, as far as anybody wants to read it.</summary>
    internal static IReadOnlyList<JsonDifference> Find(JsonElement expected, JsonElement actual, bool isSubset)
    {
        JsonComparison comparison = new(isSubset);
        comparison.Compare(expected, actual, "$", isSecret: false);
        return comparison._found;
    }

    private void Compare(JsonElement expected, JsonElement actual, string path, bool isSecret)
    {
        if (_found.Count == MaxCount) return;

        if (expected.ValueKind == JsonValueKind.Object && actual.ValueKind == JsonValueKind.Object)
            CompareObjects(expected, actual, path, isSecret);
        else if (expected.ValueKind == JsonValueKind.Array && actual.ValueKind == JsonValueKind.Array)
            CompareArrays(expected, actual, path, isSecret);
        else if (!JsonElement.DeepEquals(expected, actual)) // 1, 1.0 and 1e0 are one number
            Add(new(path, Shown(expected, isSecret), Shown(actual, isSecret)));
    }

    private void CompareObjects(JsonElement expected, JsonElement actual, string path, bool isSecret)
    {
        foreach (JsonProperty member in expected.EnumerateObject())
        {
            string at = PathOf(path, member.Name);
            bool isHidden = isSecret || Hides(member);
            if (actual.TryGetProperty(member.Name, out JsonElement value)) Compare(member.Value, value, at, isHidden);
            else Add(new(at, Shown(member.Value, isHidden), Actual: null));
        }

        if (isSubset) return;

        foreach (JsonProperty member in actual.EnumerateObject())
        {
            if (!expected.TryGetProperty(member.Name, out _)) Add(new(PathOf(path, member.Name), Expected: null, Shown(member.Value, isSecret || Hides(member))));
        }
    }

    private void CompareArrays(JsonElement expected, JsonElement actual, string path, bool isSecret)
    {
        int count = expected.GetArrayLength();
        int actualCount = actual.GetArrayLength();
        if (count != actualCount) Add(new(path, Shown(expected, isSecret), Shown(actual, isSecret)) { Counts = (count, actualCount) });
        for (int i = 0; i < Math.Min(count, actualCount); i++)
            Compare(expected[i], actual[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), isSecret);
    }

    private void Add(JsonDifference difference)
    {
        if (_found.Count < MaxCount) _found.Add(difference);
    }

    private static bool Hides(JsonProperty member) => ShownText.Hides(member.Name, member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? member.Value.ToString() : "");

    private static string Shown(JsonElement value, bool isSecret) => ShownText.Json(value.GetRawText(), isSecret);

    private static string PathOf(string path, string name) =>
        name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c == '_') && !char.IsDigit(name[0]) ? $"{path}.{name}" : $"{path}['{name.Replace("'", "\\'", StringComparison.Ordinal)}']";
}
