using System.Text.Json;

namespace RequestsAsync.Conformance.Suites;

/// <summary>The web platform's own cases of "domain to ASCII".</summary>
internal sealed class UrlWhatwgToAscii : Suite
{
    public override string Name => "url-whatwg-toascii";

    public override string Folder => "url-whatwg";

    public override double Required => 0.95;

    public override IEnumerable<CaseResult> Run(string folder) => Judge("toascii", ReadJson(folder, "toascii.json"));

    /// <summary>Judges each input as the host of a URL, which is what a user has.</summary>
    internal static IEnumerable<CaseResult> Judge(string file, JsonElement data)
    {
        foreach ((string id, JsonElement @case) in UrlData.Cases(file, data))
        {
            string input = UrlData.Text(@case, "input")!;
            _ = Url.TryParse($"https://{input}/x", out Url? url);
            yield return CaseResult.Equal(id, UrlData.Text(@case, "output"), url?.Host);
        }
    }
}
