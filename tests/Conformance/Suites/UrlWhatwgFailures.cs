using System.Text.Json;

namespace RequestsAsync.Conformance.Suites;

/// <summary>The web platform's malformed URLs: not one may be accepted.</summary>
internal sealed class UrlWhatwgFailures : Suite
{
    public override string Name => "url-whatwg-failures";

    public override string Folder => "url-whatwg";

    public override double Required => 1;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        JsonElement http = ReadJson(folder, "urltestdata-http.json").GetProperty("failure");
        foreach ((string id, JsonElement @case) in UrlData.Cases("urltestdata-http/failure", http)) yield return UrlWhatwg.Failure(id, @case);

        foreach ((string id, JsonElement @case) in UrlData.Cases("urltestdata", ReadJson(folder, "urltestdata.json")))
        {
            // Without an absolute base, or relative to one that is not hierarchical, a case fails for any parser.
            if (@case.TryGetProperty("failure", out _)) yield return UrlWhatwg.Failure(id, @case);
        }
    }
}
