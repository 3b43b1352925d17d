using System.Globalization;
using System.Text.Json;

namespace RequestsAsync.Testing;

/// <summary>JSON content that says the same, or at least so much.</summary>
/// <param name="expected">What it must say.</param>
/// <param name="isSubset">Whether objects may have more members than these.</param>
internal sealed class JsonRequirement(JsonElement expected, bool isSubset) : IRequirement
{
    public bool NeedsBody => true;

    public bool IsMet(MockCall call) => TryRead(call, out JsonElement actual, out _) && JsonComparison.Find(expected, actual, isSubset).Count == 0;

    public IEnumerable<Mismatch> Explain(MockCall call)
    {
        if (!TryRead(call, out JsonElement actual, out string problem)) return [new Mismatch(Mismatch.OfBody, $"body: expected JSON, got {problem}")];
        return JsonComparison.Find(expected, actual, isSubset).Select(static difference => new Mismatch(Mismatch.OfJsonPath, Told(difference)));
    }

    public override string ToString() => $"JSON {(isSubset ? "containing " : "")}{CallText.Cut(ShownText.Json(expected.GetRawText(), isSecret: false))}";

    private static string Told(JsonDifference difference) => difference switch
    {
        { Counts: var (expected, actual) } => string.Create(CultureInfo.InvariantCulture, $"JSON {difference.Path}: expected {expected} items, got {actual}"),
        { Expected: null } => $"JSON {difference.Path}: expected to be absent, got {CallText.Cut(difference.Actual!)}",
        { Actual: null } => $"JSON {difference.Path}: expected {CallText.Cut(difference.Expected)}, it is absent",
        _ => $"JSON {difference.Path}: expected {CallText.Cut(difference.Expected)}, got {CallText.Cut(difference.Actual)}",
    };

    private static bool TryRead(MockCall call, out JsonElement json, out string problem)
    {
        json = default;
        problem = "none";
        if (call.Body.IsEmpty) return false;

        try
        {
            Utf8JsonReader reader = new(call.Body.Span);
            json = JsonElement.ParseValue(ref reader);
            if (!reader.Read()) return true;
        }
        catch (System.Text.Json.JsonException)
        {
            // Told below.
        }

        problem = CallText.Quoted(ShownText.Text(call.Text, "application/json"));
        return false;
    }
}
