using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>Content-Disposition values: where implementations agree, the type and the file name; everywhere, a name that is no path.</summary>
internal sealed class ContentDispositions : Suite
{
    public override string Name => "content-disposition";

    public override double Required => 0.99;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        foreach (JsonElement row in ReadJson(folder, "cases.json").EnumerateArray())
        {
            string header = row.GetProperty("header").GetString()!;
            yield return row.TryGetProperty("consensus", out JsonElement consensus) && consensus.ValueKind == JsonValueKind.Object
                ? JudgeConsensus(header, consensus)
                : JudgeSafety(header);
        }

        if (!File.Exists(Path.Combine(folder, "jshttp-multipart-option.json"))) yield break;
        foreach (JsonElement row in ReadJson(folder, "jshttp-multipart-option.json").EnumerateArray())
            yield return CaseResult.Disputed(row.GetProperty("header").GetString()!, "needs an option of one library; a client only writes the headers of parts");
    }

    private static CaseResult JudgeConsensus(string header, JsonElement consensus)
    {
        CaseResult safety = JudgeSafety(header);
        if (safety.Verdict == Verdict.Failed) return safety;

        ContentDisposition? parsed = ContentDisposition.Parse(header);
        string type = parsed?.Type ?? "reject";
        string? expectedType = consensus.GetProperty("disposition").GetString();
        if (expectedType != type) return CaseResult.Equal(header, expectedType, type);

        // The sources give the name as it was sent; where that is a path, its safe form is what counts.
        return CaseResult.Equal(header, SafeFileName.From(consensus.GetProperty("filename").GetString()), parsed?.FileName);
    }

    private static CaseResult JudgeSafety(string header)
    {
        string? name = ContentDisposition.Parse(header)?.FileName;
        bool isSafe = name is null
            || (name.Length > 0 && name is not ("." or "..") && name.IndexOfAny(['/', '\\', ':']) < 0 && !name.Any(char.IsControl)
                && Path.GetFileName(name) == name);
        return isSafe ? CaseResult.Passed(header) : CaseResult.Failed(header, $"'{name}' is no safe file name");
    }
}
