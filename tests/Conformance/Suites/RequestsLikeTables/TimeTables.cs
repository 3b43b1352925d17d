using System.Reflection;
using System.Text.Json;

namespace RequestsAsync.Conformance;

/// <summary>The tables that concern timeouts and the wait before a retry.</summary>
internal static class TimeTables
{
    // The clock of urllib3's tests, which their table does not hold.
    private static readonly DateTimeOffset Now = new(2019, 6, 3, 11, 0, 0, TimeSpan.Zero);

    public static Dictionary<string, Func<string, JsonElement, CaseResult>> Judges { get; } = new(StringComparer.Ordinal)
    {
        ["test_respect_retry_after_header_sleep"] = JudgeRetryAfter,
        ["test_invalid_timeouts"] = JudgeTimeouts,
    };

    private static CaseResult JudgeRetryAfter(string id, JsonElement row)
    {
        if (!row[1].GetBoolean()) return CaseResult.Disputed(id, "whether Retry-After counts is the policy's matter, not its reader's");

        // No wait at all is what a date in the past asks for.
        double seconds = RetryAfter.Parse(PythonValue.Text(row[0]), Now)?.TotalSeconds ?? 0;
        return CaseResult.Equal(id, row[2].ValueKind == JsonValueKind.Number ? row[2].GetDouble() : 0, seconds);
    }

    private static CaseResult JudgeTimeouts(string id, JsonElement row)
    {
        Timeouts timeouts = new();
        foreach (JsonProperty limit in row[0].EnumerateObject())
        {
            if (limit.Value.ValueKind != JsonValueKind.Number) return CaseResult.Disputed(id, "the compiler refuses what is no time span");

            PropertyInfo? property = typeof(Timeouts).GetProperty(limit.Name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
            if (property is null) return CaseResult.Disputed(id, $"there is no limit for {limit.Name} alone");
            property.SetValue(timeouts, TimeSpan.FromSeconds(limit.Value.GetDouble()));
        }

        try
        {
            timeouts.Check();
            return CaseResult.Failed(id, "the limits were accepted");
        }
        catch (InvalidRequestException)
        {
            return CaseResult.Passed(id);
        }
    }
}
