namespace RequestsAsync.Conformance;

/// <summary>Runs each suite as one test.</summary>
public sealed class ConformanceTests
{
    /// <summary>The names of the suites.</summary>
    public static TheoryData<string> Names => [.. Scores.Suites.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Suite_passes(string name)
    {
        Suite suite = Scores.Suites[name];
        Assert.SkipUnless(suite.HasData, $"no conformance data: {suite.DataPath} is not there (CONFORMANCE_DATA names the folder)");

        Score score = Scores.Of(suite);

        Assert.True(score.Total > 0, $"{suite.DataPath} holds no case");
        Assert.True(score.IsEnough, $"{suite.Required:P0} are needed\n{score.Report()}");
    }

    [Fact]
    public void Every_folder_has_a_suite_of_its_name()
    {
        // Of curl's own tests there are only parts, and no suite that is the whole.
        string[] without = [.. Scores.Suites.Values.Select(suite => suite.Folder).Distinct().Where(folder => folder != "curl-suite" && !Scores.Suites.ContainsKey(folder))];

        Assert.True(without.Length == 0, $"no suite reports under the name of: {string.Join(", ", without)}");
    }

    /// <summary>Shows the scores where the standard output is hidden.</summary>
    /// <remarks><c>dotnet test</c> keeps to itself all that passing tests write; of a skipped one it shows the reason.</remarks>
    [Fact]
    public void Scores_are_shown()
    {
        bool isHidden = Environment.GetCommandLineArgs().Contains("--dotnet-test-pipe", StringComparer.Ordinal);
        IEnumerable<Suite> suites = Scores.Suites.Values.Where(suite => suite.HasData).OrderBy(suite => suite.Name, StringComparer.Ordinal);
        string report = string.Concat(suites.Select(suite => Scores.Of(suite).Report()));

        Assert.SkipWhen(isHidden && !Scores.AreReported && report.Length > 0, "this is no test, but how the scores are shown\n" + report);
    }
}
