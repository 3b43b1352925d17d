namespace RequestsAsync.SideBySide.Tests;

/// <summary>Rows that were not measured.</summary>
internal static class Samples
{
    public static Scenario Small => ScenarioList.All[0];

    /// <summary>A row whose rounds took so much CPU time for each request, in microseconds.</summary>
    public static Row Row(Contender contender, params double[] cpuMicros)
    {
        Row row = new(Small, 64, contender);
        foreach (double micros in cpuMicros)
            row.Add(Measurement(micros));
        return row;
    }

    public static RunResults Results(params Row[] rows)
    {
        RunResults results = new();
        results.AddRange(rows);
        return results;
    }

    private static Measurement Measurement(double cpuMicros) => new()
    {
        Requests = 1_000_000,
        Seconds = 2,
        UserSeconds = cpuMicros / 2,
        SystemSeconds = cpuMicros / 2,
        AllocatedBytes = 2_000_000_000,
    };
}
