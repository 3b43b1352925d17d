using System.Text.Json;

namespace RequestsAsync.Conformance.Suites;

/// <summary>Percent-encoding of queries and fragments in UTF-8; the other encodings are a browser's for old pages.</summary>
internal sealed class UrlWhatwgPercentEncoding : Suite
{
    public override string Name => "url-whatwg-percent-encoding";

    public override string Folder => "url-whatwg";

    public override double Required => 1;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        foreach ((string id, JsonElement @case) in UrlData.Cases("percent-encoding", ReadJson(folder, "percent-encoding.json")))
        {
            string input = UrlData.Text(@case, "input")!;
            string? expected = UrlData.Text(@case.GetProperty("output"), "utf-8");
            if (expected is null) continue;

            Url url = Url.Parse($"https://host.invalid/?{input}#{input}");
            yield return CaseResult.Equal(id, $"{expected} {expected}", $"{url.Query} {url.Fragment}");
        }
    }
}
