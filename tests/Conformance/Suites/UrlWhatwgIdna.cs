namespace RequestsAsync.Conformance.Suites;

/// <summary>Unicode's own cases for UTS 46, with the options that the URL standard sets.</summary>
internal sealed class UrlWhatwgIdna : Suite
{
    public override string Name => "url-whatwg-idna";

    public override string Folder => "url-whatwg";

    public override double Required => 0.99;

    public override IEnumerable<CaseResult> Run(string folder) =>
    [
        .. UrlWhatwgToAscii.Judge("IdnaTestV2", ReadJson(folder, "IdnaTestV2.json")),
        .. UrlWhatwgToAscii.Judge("IdnaTestV2-removed", ReadJson(folder, "IdnaTestV2-removed.json")),
    ];
}
