using System.Text.Json;

namespace RequestsAsync.Conformance.Suites;

/// <summary>The web platform's URLs of our schemes: what goes on the wire for each of them, and which must not get there.</summary>
internal sealed class UrlWhatwg : Suite
{
    public override string Name => "url-whatwg";

    public override double Required => 0.99;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        const string file = "urltestdata-http";
        JsonElement data = ReadJson(folder, file + ".json");
        foreach ((string id, JsonElement @case) in UrlData.Cases($"{file}/success", data.GetProperty("success"))) yield return Success(id, @case);
        foreach ((string id, JsonElement @case) in UrlData.Cases($"{file}/failure", data.GetProperty("failure"))) yield return Failure(id, @case);
    }

    internal static CaseResult Failure(string id, JsonElement @case)
    {
        string input = UrlData.Text(@case, "input")!;
        Url? url = UrlData.Parse(input, UrlData.Text(@case, "base"));
        return url is null ? CaseResult.Passed(id) : CaseResult.Failed(id, $"'{input}' was accepted as '{url.Href}'");
    }

    private static CaseResult Success(string id, JsonElement @case)
    {
        string input = UrlData.Text(@case, "input")!;
        Url? url = UrlData.Parse(input, UrlData.Text(@case, "base"));
        if (url is null) return CaseResult.Failed(id, $"'{input}' was refused");

        return CaseResult.Equal(id, Expected(@case), Wire(url));
    }

    private static string Expected(JsonElement @case) => string.Join(
        ' ',
        UrlData.Text(@case, "scheme"),
        UrlData.Text(@case, "host_header"),
        UrlData.Text(@case, "request_target"),
        UrlData.Text(@case, "href"));

    private static string Wire(Url url) => string.Join(' ', url.Scheme, url.Authority, url.PathAndQuery, url.Href);
}
