using System.Text.RegularExpressions;

namespace RequestsAsync.Samples.Tests;

/// <summary>The page about the articles shows the samples as they are, and what they print.</summary>
public sealed class ArticlePageTests
{
    private static readonly IReadOnlyList<CodeBlock> Blocks = [.. Pages.Read("docs/from-the-articles.md")];

    /// <summary>The names of the samples.</summary>
    public static TheoryData<string> Samples => new(SampleFolder.Names);

    [Theory]
    [MemberData(nameof(Samples))]
    public void Page_shows_the_sample_and_its_output(string name)
    {
        string code = CodeOf(name);

        int shown = Assert.Single(Enumerable.Range(0, Blocks.Count), i => Blocks[i].Code == code);

        CodeBlock output = Blocks[shown + 1];
        Assert.Equal("text", output.Language);
        IEnumerable<string> shapes = SampleTests.Runs.Select(run => run.Data).Where(run => run.Item1 == name).Select(run => run.Item3);
        Assert.Contains(shapes, shape => Regex.IsMatch(output.Code, $@"\A{shape}\z", RegexOptions.None, TimeSpan.FromSeconds(10)));
    }

    // Without what only a file needs: the comment at its top, the project it refers to, the names it uses, the analyzers that are to be silent.
    private static string CodeOf(string name)
    {
        IEnumerable<string> lines = File.ReadLines(Path.Combine(SampleFolder.Root, "samples", name + ".cs"))
            .SkipWhile(line => line.StartsWith("//", StringComparison.Ordinal))
            .Where(line => !line.StartsWith('#') && !line.StartsWith("using RequestsAsync", StringComparison.Ordinal));
        return string.Join('\n', lines).Trim('\n') + "\n";
    }
}
