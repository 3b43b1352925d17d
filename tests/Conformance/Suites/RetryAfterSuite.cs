using System.Globalization;
using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>Values of Retry-After as urllib3 reads them.</summary>
internal sealed class RetryAfterSuite : Suite
{
    public override string Name => "retry-after";

    public override double Required => 1;

    public override IEnumerable<CaseResult> Run(string folder)
    {
        JsonElement data = ReadJson(folder, "cases.json");
        DateTimeOffset now = DateTimeOffset.Parse(data.GetProperty("now").GetString()!, CultureInfo.InvariantCulture);
        foreach (JsonElement item in data.GetProperty("cases").EnumerateArray())
        {
            string value = item.GetProperty("value").GetString()!;
            double? expected = item.TryGetProperty("seconds", out JsonElement seconds) ? seconds.GetDouble() : null;
            yield return CaseResult.Equal(value, expected, RetryAfter.Parse(value, now)?.TotalSeconds);
        }
    }
}
