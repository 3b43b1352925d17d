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
        ["test_disabled"] = JudgeNoRetries,
        ["test_respect_retry_after_header_sleep"] = JudgeRetryAfter,
        ["test_invalid_timeouts"] = JudgeTimeouts,
    };

    // urllib3 counts the repetitions, this library every sending.
    private static CaseResult JudgeNoRetries(string id, JsonElement row)
    {
        Retry retry = Retry.Default with { Attempts = row.GetInt32() + 1 };
        if (retry.Attempts < 1) return CaseResult.Disputed(id, "fewer attempts than one are refused here");

        PreparedRequest request = new() { Settings = new(new SessionOptions()), Method = HttpMethod.Get, Url = Url.Parse("http://h/"), Headers = [], MaxResponseBytes = 0 };
        RetrySchedule schedule = RetrySchedule.Start(retry, new RetryBudget(), () => 0, TimeProvider.System);
        return CaseResult.Equal<TimeSpan?>(id, null, schedule.Next(request, new ConnectException("refused")));
    }

    // Whether the field is respected at all is the cap's matter here; without it nothing is waited for, as no random part is.
    private static CaseResult JudgeRetryAfter(string id, JsonElement row)
    {
        Retry retry = Retry.Default with { MaxRetryAfter = row[1].GetBoolean() ? TimeSpan.FromDays(1) : TimeSpan.Zero };
        TimeSpan? asked = RequestedWait.Of(503, new Headers { ["Retry-After"] = PythonValue.Text(row[0]) }, Now);

        // No wait at all is what a date in the past asks for.
        double expected = row[2].ValueKind == JsonValueKind.Number ? row[2].GetDouble() : 0;
        return CaseResult.Equal(id, expected, BackOff.Wait(retry, repetition: 1, asked, random: 0).TotalSeconds);
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
