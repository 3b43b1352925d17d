using System.Text.Json;

namespace RequestsAsync.Conformance.Suites;

/// <summary>Every component of those web platform URLs whose result is of one of our schemes.</summary>
internal sealed class UrlWhatwgComponents : Suite
{
    public override string Name => "url-whatwg-components";

    public override string Folder => "url-whatwg";

    public override double Required => 0.99;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        foreach ((string id, JsonElement @case) in UrlData.Cases("urltestdata", ReadJson(folder, "urltestdata.json")))
        {
            if (UrlData.Text(@case, "protocol") is "http:" or "https:" or "ws:" or "wss:") yield return Judge(id, @case);
        }
    }

    private static CaseResult Judge(string id, JsonElement @case)
    {
        string input = UrlData.Text(@case, "input")!;
        string? baseText = UrlData.Text(@case, "base");
        Url? url = UrlData.Parse(input, baseText);
        return url is null ? CaseResult.Failed(id, $"'{input}' was refused") : CaseResult.Equal(id, Expected(@case), Actual(url));
    }

    private static string Expected(JsonElement @case) => string.Join(
        ' ',
        UrlData.Text(@case, "href"),
        UrlData.Text(@case, "protocol"),
        UrlData.Text(@case, "host"),
        UrlData.Text(@case, "hostname"),
        UrlData.Text(@case, "port"),
        UrlData.Text(@case, "pathname"),
        UrlData.Text(@case, "search"),
        UrlData.Text(@case, "hash"));

    private static string Actual(Url url) => string.Join(
        ' ',
        url.Href,
        url.Scheme + ":",
        url.Authority,
        url.Host,
        url.IsDefaultPort ? "" : url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        url.Path,
        string.IsNullOrEmpty(url.Query) ? "" : "?" + url.Query,
        string.IsNullOrEmpty(url.Fragment) ? "" : "#" + url.Fragment);
}
