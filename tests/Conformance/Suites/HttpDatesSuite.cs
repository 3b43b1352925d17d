using System.Text.Json;
using System.Text.RegularExpressions;

namespace RequestsAsync.Conformance;

/// <summary>Dates as curl reads them. HTTP's own three forms must agree; of anything else nothing is asked but never a wrong time.</summary>
internal sealed partial class HttpDatesSuite : Suite
{
    // curl takes years 71 to 99 as past ones. With this present RFC 9110's rule does the same.
    private static readonly DateTimeOffset Now = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override string Name => "http-dates";

    public override double Required => 1;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        foreach (JsonElement item in ReadJson(folder, "curl-parsedate.json").EnumerateArray())
        {
            string input = item.GetProperty("input").GetString()!;
            JsonElement epoch = item.GetProperty("epoch");
            yield return Judge(input, epoch.ValueKind == JsonValueKind.Null ? null : epoch.GetInt64());
        }
    }

    private static CaseResult Judge(string input, long? expected)
    {
        long? actual = HttpDate.TryParse(input, Now, out DateTimeOffset instant) ? instant.ToUnixTimeSeconds() : null;
        if (actual == -1 && expected == 0)
            return CaseResult.Disputed(input, "curl cannot return the second before the epoch, because -1 is its error value");

        return actual is null && !HttpForm().IsMatch(input)
            ? CaseResult.Passed(input)
            : CaseResult.Equal(input, expected, actual);
    }

    [GeneratedRegex(
        """
        ^(Mon|Tue|Wed|Thu|Fri|Sat|Sun),\ \d\d\ [A-Z][a-z][a-z]\ \d{4}\ \d\d:\d\d:\d\d\ GMT$
        | ^[A-Z][a-z]+day,\ \d\d-[A-Z][a-z][a-z]-\d\d\ \d\d:\d\d:\d\d\ GMT$
        | ^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\ [A-Z][a-z][a-z]\ [\d\ ]\d\ \d\d:\d\d:\d\d\ \d{4}$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex HttpForm();
}
