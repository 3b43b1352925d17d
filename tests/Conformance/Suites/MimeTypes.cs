using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>Content-Type values as browsers read them: which media type, which parameters, which encoding.</summary>
internal sealed class MimeTypes : Suite
{
    public override string Name => "mime-types";

    public override double Required => 0.99;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            string file = Path.GetFileName(path);
            int at = 0;
            foreach (JsonElement row in ReadJson(folder, file).EnumerateArray())
            {
                at++;
                // A bare string is a heading.
                if (row.ValueKind != JsonValueKind.Object) continue;

                yield return file.Contains("minimized", StringComparison.Ordinal)
                    ? CaseResult.Disputed($"{file}:{at}", "minimising a media type is for a browser's statistics")
                    : Judge($"{file}:{at}", row);
            }
        }
    }

    private static CaseResult Judge(string id, JsonElement row)
    {
        if (row.TryGetProperty("contentType", out JsonElement values))
        {
            MediaType? combined = MediaType.Extract(string.Join(", ", values.EnumerateArray().Select(value => value.GetString())));
            return Judge(id, combined, row.GetProperty("mimeType").GetString(), row);
        }

        return Judge(id, MediaType.Parse(row.GetProperty("input").GetString()), row.GetProperty("output").GetString(), row);
    }

    private static CaseResult Judge(string id, MediaType? parsed, string? expected, JsonElement row)
    {
        if (row.TryGetProperty("encoding", out JsonElement encoding))
        {
            string? name = parsed?.Charset is { } label ? CharsetLabels.NameOf(label) : null;
            if (name != encoding.GetString()) return CaseResult.Equal(id, encoding.GetString(), name);
        }

        return CaseResult.Equal(id, expected, parsed is null ? null : Show(parsed));
    }

    private static string Show(MediaType type) =>
        type.Essence + string.Concat(type.Parameters.Select(parameter => $";{parameter.Key}={Quote(parameter.Value)}"));

    private static string Quote(string value) =>
        HeaderRules.IsToken(value)
            ? value
            : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
