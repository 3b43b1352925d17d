using System.Globalization;
using System.Text.RegularExpressions;

namespace RequestsAsync.Conformance;

/// <summary>The cases of publicsuffix.org, judged by the list that comes with them.</summary>
internal sealed partial class PublicSuffixSuite : Suite
{
    private const string OlderList = "the library's list is older than the suite's, whose own list gives the expected answer";

    public override string Name => "psl";

    public override double Required => 1.0;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        PublicSuffixList own = PublicSuffixList.Parse(File.ReadAllText(Path.Combine(folder, "public_suffix_list.dat")));
        foreach ((string? host, string? expected) in ReadCases(folder))
        {
            CaseResult byOwnList = Judge(own, host, expected);
            yield return byOwnList;

            CaseResult byEmbeddedList = Judge(PublicSuffixList.Embedded, host, expected) with { Id = $"{byOwnList.Id} (embedded list)" };
            yield return byEmbeddedList.Verdict == Verdict.Failed && byOwnList.Verdict == Verdict.Passed
                ? CaseResult.Disputed(byEmbeddedList.Id, OlderList)
                : byEmbeddedList;
        }
    }

    private static CaseResult Judge(PublicSuffixList list, string? host, string? expected)
    {
        ReadOnlySpan<char> domain = list.RegistrableDomain(Canonical(host));
        return CaseResult.Equal(host ?? "null", Canonical(expected), domain.IsEmpty ? null : domain.ToString());
    }

    private static IEnumerable<(string? Host, string? Domain)> ReadCases(string folder)
    {
        foreach (Match call in Call.Matches(File.ReadAllText(Path.Combine(folder, "test_psl.txt"))))
            yield return (Argument(call.Groups["host"].Value.Trim('\'')), Argument(call.Groups["domain"].Value.Trim('\'')));

        foreach (string line in File.ReadLines(Path.Combine(folder, "tests.txt")))
        {
            if (line.Split(' ') is [var host, var domain] && !host.StartsWith("//", StringComparison.Ordinal))
                yield return (Argument(host), Argument(domain));
        }
    }

    private static string? Argument(string text) => text == "null" ? null : text;

    /// <summary>The name as a parsed URL has it. A dot in front is no part of a host name, and goes past the mapping.</summary>
    private static string? Canonical(string? name)
    {
        if (name is null) return null;

        string host = name.TrimStart('.');
        return name[..^host.Length] + new IdnMapping().GetAscii(host).ToLowerInvariant();
    }

    [GeneratedRegex(@"^checkPublicSuffix\((?<host>[^,]+), (?<domain>[^)]+)\);", RegexOptions.Multiline, 1000)]
    private static partial Regex Call { get; }
}
