namespace RequestsAsync.Cli.Tests;

/// <summary>Every command line of the user's page can be typed.</summary>
public sealed class ManualTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Lines
    {
        get
        {
            string page = Path.Combine(PackedTool.Repository(), "docs", "cli.md");
            return new(File.ReadLines(page).Where(static line => line.StartsWith("requests ", StringComparison.Ordinal)));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Can_be_typed(string line)
    {
        string[] words = Assert.Single(Scripts.Words(line.Split(" > ")[0]))[1..];
        for (int i = 0; i < words.Length; i++)
        {
            foreach (string file in (string[])["cat.png", "body.json"])
                words[i] = words[i].Replace(file, _folder.Write(file, "{}"), StringComparison.Ordinal);
            if (words[i] == "work") words[i] = Path.Combine(_folder.Path, "work.json"); // the session
        }

        string[] typed = words[0] switch
        {
            "completion" or "man" => words,
            "curl" => words.Contains("--print") ? words : [.. words, "--print", "json"],
            "download" => [.. words, "--help"],
            _ when words.Contains("--curl") => words,
            _ => ["--offline", "-p", "H", .. words],
        };
        Ran ran = await Ran.InProcessAsync(typed);

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.NotEmpty(ran.Output);
    }
}
