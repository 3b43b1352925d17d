using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>Link headers: the links, their relations and their parameters.</summary>
internal sealed class LinkHeader : Suite
{
    public override string Name => "link-header";

    public override double Required => 0.99;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        foreach (JsonElement row in ReadJson(folder, "cases.json").EnumerateArray())
        {
            string id = row.GetProperty("id").GetString()!;
            string header = row.GetProperty("header").GetString()!;
            string? dispute = Dispute(header);
            yield return dispute is not null ? CaseResult.Disputed(id, dispute)
                : row.TryGetProperty("expect_refs", out JsonElement refs) ? JudgeRefs(id, LinkParser.Parse([header]), refs)
                : JudgeRelations(id, header, row);
        }
    }

    private static string? Dispute(string header)
    {
        if (header.Contains("\r\n", StringComparison.Ordinal)) return "a folded field line never reaches the parser";
        if (header.Contains("*=gb2312'", StringComparison.OrdinalIgnoreCase)) return "RFC 8187 knows UTF-8 (and ISO-8859-1 before it), others are ignored";
        return null;
    }

    /// <summary>Each relation of a link is an entry of its own; every parameter must be there and no other.</summary>
    private static CaseResult JudgeRefs(string id, IReadOnlyList<Link> links, JsonElement refs)
    {
        string expected = string.Join('\n', refs.EnumerateArray().Select(reference => Show(reference.EnumerateObject()
            .Select(member => (member.Name == "uri" ? "<" : member.Name.TrimEnd('*'), Text(member.Value))))));
        string actual = string.Join('\n', links.SelectMany(Entries).Select(Show));
        return CaseResult.Equal(id, expected, actual);
    }

    private static IEnumerable<IEnumerable<(string Name, string Value)>> Entries(Link link)
    {
        IEnumerable<(string, string)> rest = link.Parameters.Where(static parameter => !parameter.Key.Equals("rel", StringComparison.OrdinalIgnoreCase)).Select(static parameter => (parameter.Key.ToLowerInvariant(), parameter.Value));
        return link.Relations.Count == 0
            ? [rest.Append(("<", link.Url))]
            : link.Relations.Select(relation => rest.Append(("<", link.Url)).Append(("rel", relation)));
    }

    private static string Show(IEnumerable<(string Name, string Value)> members) =>
        string.Join("; ", members.DistinctBy(member => member.Name, StringComparer.Ordinal).OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => $"{member.Name}={member.Value}"));

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.GetProperty("value").GetString()!,
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    private static CaseResult JudgeRelations(string id, string header, JsonElement row)
    {
        Uri? context = row.TryGetProperty("base", out JsonElement address) ? new Uri(address.GetString()!) : null;
        IReadOnlyList<Link> raw = LinkParser.Parse([header]);
        IReadOnlyList<Link> resolved = LinkParser.Parse([header], url => context is null ? null : new Uri(context, url).AbsoluteUri);

        foreach (JsonElement entry in row.GetProperty("expect_by_rel").EnumerateArray())
        {
            string relation = entry.GetProperty("rel").GetString()!;
            JsonElement expected = entry.GetProperty("links");
            List<int> found = [.. Enumerable.Range(0, raw.Count).Where(index => raw[index].HasRelation(relation))];
            if (found.Count != expected.GetArrayLength())
                return CaseResult.Failed(id, $"expected {expected.GetArrayLength()} of {relation}, got {found.Count}");

            foreach ((int index, JsonElement link) in found.Zip(expected.EnumerateArray()))
            {
                if (Difference(raw[index], resolved[index], link) is { } difference) return CaseResult.Failed(id, difference);
            }
        }

        return CaseResult.Passed(id);
    }

    private static string? Difference(Link raw, Link resolved, JsonElement expected)
    {
        if (expected.TryGetProperty("target", out JsonElement target) && target.GetString() != raw.Url) return $"target is {raw.Url}";
        if (expected.TryGetProperty("resolved", out JsonElement whole) && whole.GetString() != resolved.Url) return $"resolves to {resolved.Url}";

        foreach (JsonProperty parameter in expected.GetProperty("params").EnumerateObject())
        {
            // A name with a dot is that library's note about a parameter, not one of them.
            if (parameter.Name.Contains('.', StringComparison.Ordinal)) continue;
            string? actual = raw.Parameters.GetValueOrDefault(parameter.Name.TrimEnd('*'));
            if (actual != parameter.Value.GetString()) return $"{parameter.Name} is {actual}";
        }

        return null;
    }
}
