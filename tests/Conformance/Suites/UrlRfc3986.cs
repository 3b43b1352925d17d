using System.Text.Json;

namespace RequestsAsync.Conformance.Suites;

/// <summary>Resolution of references (RFC 3986 §5).</summary>
internal sealed class UrlRfc3986 : Suite
{
    public override string Name => "url-rfc3986";

    public override double Required => 1;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        foreach ((string id, JsonElement @case) in UrlData.Cases("resolve", ReadJson(folder, "resolve.json")))
        {
            string reference = UrlData.Text(@case, "Rel")!;
            yield return reference.Contains("%2e", StringComparison.OrdinalIgnoreCase)
                ? CaseResult.Disputed(id, "an encoded dot is a dot segment in the URL standard, and a name in RFC 3986")
                : ReferenceResolution.Judge(id, UrlData.Text(@case, "Base")!, reference, UrlData.Text(@case, "Expected")!);
        }
    }
}
