using System.Globalization;
using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>The parser and date cases of the IETF's http-state working group.</summary>
internal sealed class CookiesHttpStateSuite : Suite
{
    // The cases' dates lie before 2008 and after 2019, and what they mean by now is in between.
    private static readonly FrozenClock Clock = new(new(2018, 1, 1, 0, 0, 0, TimeSpan.Zero));

    // Where a case is flagged and fails, it fails for one of these reasons.
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["bis-nameless"] = "behaviour.md, Cookies: nameless cookies as in RFC 6265bis, which keeps what RFC 6265 drops",
        ["bis-ctl"] = "behaviour.md, Cookies: control characters reject the cookie",
        ["disabled-upstream"] = "switched off by the suite itself",
        ["optional-upstream"] = "optional by the suite itself",
    };

    public override string Name => "cookies-http-state";

    public override double Required => 1.0;

    public override IEnumerable<CaseResult> Run(string folder) =>
        ReadJson(folder, "cases.json").EnumerateArray().Select(JudgeCase)
            .Concat(ReadJson(folder, "cookie-dates.json").EnumerateArray().Select(JudgeDate));

    private static CaseResult JudgeCase(JsonElement test)
    {
        CookieJar jar = new(new() { TimeProvider = Clock });
        foreach (JsonElement field in test.GetProperty("set_cookie").EnumerateArray())
            jar.SetFromHeader(test.GetProperty("set_url").GetString()!, field.GetString()!);

        string id = test.GetProperty("id").GetString()!;
        CaseResult result = CaseResult.Equal(
            id, test.GetProperty("expected_cookie").GetString(), jar.GetHeader(test.GetProperty("get_url").GetString()!));

        string? reason = result.Verdict == Verdict.Failed && test.TryGetProperty("flags", out JsonElement flags)
            ? flags.EnumerateArray().Select(flag => Reasons.GetValueOrDefault(flag.GetString()!)).OfType<string>().FirstOrDefault()
            : null;
        return reason is null ? result : CaseResult.Disputed(id, reason);
    }

    private static CaseResult JudgeDate(JsonElement test)
    {
        string text = test.GetProperty("test").GetString()!;
        string? actual = CookieDate.TryParse(text, out DateTimeOffset date) ? date.ToString("R", CultureInfo.InvariantCulture) : null;
        return CaseResult.Equal($"date {text}", test.GetProperty("expected").GetString(), actual);
    }
}
