using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>The parametrised tests of requests, httpx and urllib3.</summary>
/// <remarks>A table is judged by its test's name. One that concerns nothing which the library has is left out, and the report says why.</remarks>
internal sealed class RequestsLikeTables : Suite
{
    private static readonly Dictionary<string, Func<string, JsonElement, CaseResult>> Judges = new(
        [
            .. AuthenticationTables.Judges,
            .. ContentTables.Judges,
            .. HeaderTables.Judges,
            .. ProxyTables.Judges,
            .. QueryTables.Judges,
            .. TimeTables.Judges,
            .. UrlTables.Judges,
        ],
        StringComparer.Ordinal);

    public override string Name => "requests-like-tables";

    public override double Required => 0.99;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            string source = Path.GetFileNameWithoutExtension(path);
            foreach (JsonElement table in ReadJson(folder, Path.GetFileName(path)).GetProperty("tables").EnumerateArray())
            {
                foreach (CaseResult result in JudgeTable(source, table)) yield return result;
            }
        }
    }

    private static IEnumerable<CaseResult> JudgeTable(string source, JsonElement table)
    {
        string test = table.GetProperty("test").GetString()!;
        JsonElement rows = table.GetProperty("rows");
        if (rows.ValueKind != JsonValueKind.Array)
        {
            yield return CaseResult.Disputed($"{source}/{test}", "the rows are an expression of Python");
            yield break;
        }

        int place = 0;
        foreach (JsonElement row in rows.EnumerateArray())
        {
            string id = $"{source}/{test}:{++place}";
            yield return Judges.TryGetValue(test, out Func<string, JsonElement, CaseResult>? judge)
                ? JudgeRow(id, row, judge)
                : CaseResult.Disputed(id, PythonValue.IsExpression(row) ? "the row is an expression of Python" : AbsentTables.Reason(test));
        }
    }

    // An exception that nobody expects is the library's fault in this case, and says nothing of the others.
    private static CaseResult JudgeRow(string id, JsonElement row, Func<string, JsonElement, CaseResult> judge)
    {
        try
        {
            return judge(id, row);
        }
        catch (Exception e)
        {
            return CaseResult.Failed(id, $"{e.GetType().Name}: {e.Message}");
        }
    }
}
