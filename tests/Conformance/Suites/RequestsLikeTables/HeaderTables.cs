using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>The tables that concern header fields.</summary>
internal static class HeaderTables
{
    private const string Value = "some value";

    public static Dictionary<string, Func<string, JsonElement, CaseResult>> Judges { get; } = new(StringComparer.Ordinal)
    {
        ["test_sensitive_headers"] = JudgeSecret,
        ["test_obfuscate_sensitive_headers"] = JudgeSecrets,
        ["test_getitem"] = JudgeLookup,
        ["test_delitem"] = JudgeRemoval,
    };

    private static CaseResult JudgeSecret(string id, JsonElement row)
    {
        Headers headers = new() { [PythonValue.Text(row)] = Value };
        return CaseResult.Equal(id, false, headers.ToString().Contains(Value, StringComparison.Ordinal));
    }

    private static CaseResult JudgeSecrets(string id, JsonElement row)
    {
        Headers headers = [];
        foreach (JsonElement field in row[0].EnumerateArray())
            headers.Add(PythonValue.Text(field[0]), PythonValue.Text(field[1]));

        string shown = headers.ToString();
        foreach ((JsonElement field, JsonElement output) in row[0].EnumerateArray().Zip(row[1].EnumerateArray()))
        {
            bool isSecret = PythonValue.Text(field[1]) != PythonValue.Text(output[1]);
            if (!shown.Contains(PythonValue.Text(field[0]), StringComparison.Ordinal)) return CaseResult.Failed(id, "a name is not shown");
            if (isSecret && shown.Contains(PythonValue.Text(field[1]), StringComparison.Ordinal)) return CaseResult.Failed(id, "a secret is shown");
        }

        return CaseResult.Passed(id);
    }

    private static CaseResult JudgeLookup(string id, JsonElement row) => row.ValueKind == JsonValueKind.String
        ? CaseResult.Equal(id, Value, new Headers { ["ACCEPT"] = Value }[PythonValue.Text(row)])
        : DisputeStatusNames(id);

    private static CaseResult JudgeRemoval(string id, JsonElement row)
    {
        Headers headers = new() { ["ACCEPT"] = Value };
        headers.Remove(PythonValue.Text(row));
        return CaseResult.Equal(id, 0, headers.Count);
    }

    private static CaseResult DisputeStatusNames(string id) => CaseResult.Disputed(id, "a status is a number here, and has no table of names");
}
