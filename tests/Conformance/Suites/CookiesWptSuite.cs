using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>The cookie folders of web-platform-tests, which browsers are judged by.</summary>
internal sealed class CookiesWptSuite : Suite
{
    private static readonly FrozenClock Clock = new(new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public override string Name => "cookies-wpt";

    public override double Required => 1.0;

    public override IEnumerable<CaseResult> Run(string folder) => ReadJson(folder, "cases.json").EnumerateArray().Select(Judge);

    private static CaseResult Judge(JsonElement test)
    {
        bool isHeader = test.GetProperty("kind").GetString() != "dom";
        bool mayBeRejected = HasFlag(test, "response_may_be_rejected");
        CookieJar jar = new(new() { TimeProvider = Clock });
        foreach (JsonElement field in test.GetProperty("set_cookie").EnumerateArray())
        {
            string text = field.GetString()!;
            jar.SetFromHeader(test.GetProperty("set_url").GetString()!, isHeader && !mayBeRejected ? AsLine(text) : text);
        }

        string id = test.GetProperty("id").GetString()!;
        string expected = test.GetProperty("expected_cookie").GetString()!;
        string actual = jar.GetHeader(test.GetProperty("get_url").GetString()!) ?? "";
        if (mayBeRejected && actual.Length == 0) return CaseResult.Passed(id);

        CaseResult result = CaseResult.Equal(id, expected, actual);
        return result.Verdict == Verdict.Failed && test.TryGetProperty("doubtful", out JsonElement doubt)
            ? CaseResult.Disputed(id, $"marked doubtful by the suite: {doubt.GetString()}")
            : result;
    }

    /// <summary>What is left of a field value with a line end in it by the time it was a header line (RFC 9112 §2.2).</summary>
    private static string AsLine(string field) => field.Split('\n', '\r')[0];

    private static bool HasFlag(JsonElement test, string name) => test.TryGetProperty(name, out JsonElement flag) && flag.GetBoolean();
}
