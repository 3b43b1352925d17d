using System.Collections.Concurrent;

namespace RequestsAsync.Conformance;

/// <summary>Judges each suite once a run, and writes its report to the standard output and to the file that <c>CONFORMANCE_REPORT</c> names.</summary>
internal static class Scores
{
    private static readonly Lock ReportLock = new();
    private static readonly ConcurrentDictionary<string, Lazy<Score>> Judged = new(StringComparer.Ordinal);
    private static readonly string? ReportPath = NewReport();

    /// <summary>Every suite of this assembly, by name.</summary>
    public static IReadOnlyDictionary<string, Suite> Suites { get; } = typeof(Suite).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Suite)) && !type.IsAbstract)
        .Select(type => (Suite)Activator.CreateInstance(type)!)
        .ToDictionary(suite => suite.Name, StringComparer.Ordinal);

    /// <summary>Whether a file takes the reports.</summary>
    public static bool AreReported => ReportPath is not null;

    /// <summary>The score of a suite whose data is there.</summary>
    public static Score Of(Suite suite) => Judged.GetOrAdd(suite.Name, _ => new(() => Judge(suite))).Value;

    private static Score Judge(Suite suite)
    {
        List<CaseResult> results = [];
        bool isWhole = false;
        try
        {
            foreach (CaseResult result in suite.Run(suite.DataPath)) results.Add(result);
            isWhole = true;
        }
        catch (Exception e)
        {
            // The other suites' scores are to be seen all the same.
            results.Add(CaseResult.Failed($"after {results.Count} cases", e.ToString()));
        }

        Score score = new(suite, results, isWhole);
        string report = score.Report();
        lock (ReportLock)
        {
            // The runner may have left a colour code at the start of the line.
            Console.Out.Write(Environment.NewLine + report);
            if (ReportPath is not null) File.AppendAllText(ReportPath, report);
        }

        return score;
    }

    private static string? NewReport()
    {
        if (Environment.GetEnvironmentVariable("CONFORMANCE_REPORT") is not { Length: > 0 } path) return null;

        File.WriteAllText(path, "");
        return path;
    }
}
