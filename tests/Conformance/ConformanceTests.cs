using System.Globalization;
using System.Text;

namespace RequestsAsync.Conformance;

/// <summary>Runs each suite as one test, prints its score and the cases that failed.</summary>
public sealed class ConformanceTests
{
    private static readonly Lock ReportLock = new();

    /// <summary>Every suite of this assembly, by name.</summary>
    public static TheoryData<string> Names => [.. Suites.Keys.Order(StringComparer.Ordinal)];

    private static Dictionary<string, Suite> Suites { get; } = typeof(Suite).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Suite)) && !type.IsAbstract)
        .Select(type => (Suite)Activator.CreateInstance(type)!)
        .ToDictionary(suite => suite.Name, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public void Suite_passes(string name)
    {
        Suite suite = Suites[name];
        string folder = Path.Combine(DataFolder(), suite.Folder);
        Assert.SkipUnless(Directory.Exists(folder), $"no conformance data: {folder} is not there (CONFORMANCE_DATA names the folder)");

        List<CaseResult> results = [.. suite.Run(folder)];
        int passed = results.Count(result => result.Verdict == Verdict.Passed);
        List<CaseResult> failed = [.. results.Where(result => result.Verdict == Verdict.Failed)];
        int total = passed + failed.Count;

        Report(suite.Name, passed, total, failed, [.. results.Where(result => result.Verdict == Verdict.Disputed)]);

        Assert.True(total > 0, "the folder holds no case");
        Assert.True(
            passed >= total * suite.Required,
            $"{suite.Name}: {passed}/{total}, needed {suite.Required:P0}\n" + string.Join('\n', failed.Select(result => $"{result.Id}: {result.Detail}")));
    }

    private static void Report(string name, int passed, int total, List<CaseResult> failed, List<CaseResult> disputed)
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"conformance {name} {passed}/{total}");
        foreach (CaseResult result in failed)
            text.AppendLine(CultureInfo.InvariantCulture, $"  failed {result.Id}: {Printable(result.Detail)}");
        foreach (IGrouping<string, CaseResult> reason in disputed.GroupBy(result => result.Detail, StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture, $"  disputed ({reason.Key}): {string.Join(", ", reason.Select(result => result.Id))}");

        lock (ReportLock)
        {
            Console.Out.Write(text);
            if (Environment.GetEnvironmentVariable("CONFORMANCE_REPORT") is { Length: > 0 } report)
                File.AppendAllText(report, text.ToString());
        }
    }

    private static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? $"\\u{(int)c:x4}" : c.ToString()));

    /// <summary>The data folder: the environment's, or the one beside the checkout that holds this build.</summary>
    private static string DataFolder()
    {
        if (Environment.GetEnvironmentVariable("CONFORMANCE_DATA") is { Length: > 0 } named) return named;

        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "RequestsAsync.slnx")))
                return Path.GetFullPath(Path.Combine(at.FullName, "../shared/conformance"));
        }

        return Path.GetFullPath("../shared/conformance");
    }
}
