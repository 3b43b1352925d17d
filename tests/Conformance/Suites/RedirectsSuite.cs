using System.Text.Json;
using RequestsAsync.Conformance.Suites;

namespace RequestsAsync.Conformance;

/// <summary>Redirects: which of them keep the credentials in requests, and where curl's table of Location values leads.</summary>
internal sealed class RedirectsSuite : Suite
{
    public override string Name => "redirects";

    public override double Required => 1;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        JsonElement data = ReadJson(folder, "cases.json");
        return
        [
            .. data.GetProperty("strip_auth").EnumerateArray().Select(Strip),
            .. UrlData.Cases("resolve", data.GetProperty("resolve_curl_lib1560")).Select(item => Resolve(item.Id, item.Case)),
        ];
    }

    private static CaseResult Strip(JsonElement item) => RedirectTarget.Judge(
        UrlData.Text(item, "from")!,
        UrlData.Text(item, "to")!,
        item.GetProperty("strip_authorization").GetBoolean());

    private static CaseResult Resolve(string id, JsonElement item)
    {
        if (UrlData.Text(item, "base_flags") != "0" || UrlData.Text(item, "set_flags") != "0")
            return CaseResult.Disputed(id, "flags choose another behaviour of curl's");

        string from = UrlData.Text(item, "base")!;
        string location = UrlData.Text(item, "location")!;
        if (location.Contains('\\', StringComparison.Ordinal)) return CaseResult.Disputed(id, "a backslash is a slash, as in the URL standard; for curl it is a character");
        if (UrlData.Text(item, "code") is string code && code != "CURLUE_OK")
        {
            return UrlData.Parse(location, from) is Url url
                ? CaseResult.Failed(id, $"'{location}' was accepted as '{url.Href}'")
                : CaseResult.Passed(id);
        }

        return ReferenceResolution.Judge(id, from, location, UrlData.Text(item, "result")!);
    }
}
