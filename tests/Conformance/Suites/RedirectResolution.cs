using System.Text.Json;

namespace RequestsAsync.Conformance.Suites;

/// <summary>curl's table of Location values and where they lead.</summary>
internal sealed class RedirectResolution : Suite
{
    public override string Name => "redirects-resolve";

    public override string Folder => "redirects";

    public override double Required => 1;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        JsonElement table = ReadJson(folder, "cases.json").GetProperty("resolve_curl_lib1560");
        foreach ((string id, JsonElement @case) in UrlData.Cases("resolve", table)) yield return Judge(id, @case);
    }

    private static CaseResult Judge(string id, JsonElement @case)
    {
        if (UrlData.Text(@case, "base_flags") != "0" || UrlData.Text(@case, "set_flags") != "0")
            return CaseResult.Disputed(id, "flags choose another behaviour of curl's");

        string baseText = UrlData.Text(@case, "base")!;
        string location = UrlData.Text(@case, "location")!;
        if (UrlData.Text(@case, "code") is string code && code != "CURLUE_OK")
        {
            return UrlData.Parse(location, baseText) is Url url
                ? CaseResult.Failed(id, $"'{location}' was accepted as '{url.Href}'")
                : CaseResult.Passed(id);
        }

        return ReferenceResolution.Judge(id, baseText, location, UrlData.Text(@case, "result")!);
    }
}
