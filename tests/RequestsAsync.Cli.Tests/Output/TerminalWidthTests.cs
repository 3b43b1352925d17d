using System.Text.RegularExpressions;

namespace RequestsAsync.Cli.Tests;

/// <summary>Nothing is wider than the terminal, a real one with a size of its own, and nothing has colours where they are not wanted.</summary>
public sealed partial class TerminalWidthTests(BinFixture bin) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task Help_stays_within_the_columns(int columns)
    {
        foreach (string[] words in (string[][])[["--help"], ["help", "items"], ["help", "options"], ["download", "--help"], ["help", "curl"]])
        {
            await using CommandProcess command = CommandProcess.StartOnTerminal(columns, [], words);
            string[] rows = Rows(await command.EndAsync(), columns);
            if (words[0] == "--help" && columns >= 80) Assert.InRange(rows.Length, 18, 23); // of 24, and one for the prompt
        }
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task Times_and_tables_stay_within_the_columns(int columns)
    {
        string urls = _folder.Write("urls", $"{bin.Url}/get\n{bin.Url}/anything/{new string('x', 300)}\n");
        await using CommandProcess meta = CommandProcess.StartOnTerminal(columns, [], "-m", $"{bin.Url}/delay/0");
        await using CommandProcess demo = CommandProcess.StartOnTerminal(columns, [], "demo", "--urls", urls);
        string[] times = Rows(await meta.EndAsync(), columns);
        string[] table = Rows(await demo.EndAsync(), columns);

        Assert.Contains(times, static row => row.StartsWith("First byte", StringComparison.Ordinal) && row.EndsWith('━'));
        Assert.Contains(table, static row => row.StartsWith('╭'));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task The_bars_of_downloads_stay_within_the_columns(int columns)
    {
        await using CuttingServer server = new(new byte[1 << 20], longestAnswer: int.MaxValue) { Pause = TimeSpan.FromMilliseconds(30) };
        string name = $"a-long-name-{new string('x', 100)}-end.bin";
        await using CommandProcess command = CommandProcess.StartOnTerminal(columns, [], "download", server.Url, "-x", "1", "-o", Path.Combine(_folder.Path, name));
        string[] rows = Rows(await command.EndAsync(), columns);

        Assert.Contains(rows, static row => row.Contains("end.bin", StringComparison.Ordinal) && row.Contains('%', StringComparison.Ordinal));
        Assert.Contains(rows, static row => row.Contains("end.bin", StringComparison.Ordinal) && row.Contains("100%", StringComparison.Ordinal));
        Assert.Equal(columns >= 60, rows.Any(static row => row.Contains('━', StringComparison.Ordinal)));
    }

    [Fact]
    public async Task No_color_is_heard_everywhere()
    {
        string urls = _folder.Write("urls", $"{bin.Url}/get\n");
        Dictionary<string, string> environment = new() { ["NO_COLOR"] = "1" };
        foreach (string[] words in (string[][])[[$"{bin.Url}/json"], ["-m", $"{bin.Url}/json"], ["download", $"{bin.Url}/bytes/100", "-P", _folder.Path], ["demo", "--urls", urls]])
        {
            await using CommandProcess command = CommandProcess.StartOnTerminal(80, environment, words);
            Ran ran = await command.EndAsync();

            Assert.Equal(0, ran.Code);
            Assert.DoesNotMatch(ColorSequence(), ran.Text);
        }
    }

    [Theory]
    [InlineData(true, "CLICOLOR_FORCE=1")]
    [InlineData(false, "CLICOLOR_FORCE=1", "NO_COLOR=1")]
    [InlineData(false, "CLICOLOR_FORCE=0")]
    [InlineData(false)]
    public async Task A_pipe_gets_colours_where_they_are_demanded(bool isColored, params string[] variables)
    {
        Dictionary<string, string> environment = variables.Select(static variable => variable.Split('=')).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
        await using CommandProcess command = CommandProcess.StartWith(environment, "-h", $"{bin.Url}/json");

        Assert.Equal(isColored, ColorSequence().IsMatch((await command.EndAsync()).Text));
    }

    [Fact]
    public async Task A_terminal_is_not_set_up_for_keys_that_nobody_reads()
    {
        string urls = _folder.Write("urls", $"{bin.Url}/get\n");
        foreach (string[] words in (string[][])[[$"{bin.Url}/json"], ["-m", $"{bin.Url}/json"], ["--help"], ["download", "--help"], ["download", $"{bin.Url}/bytes/100", "-P", _folder.Path], ["demo", "--urls", urls], ["nonsense:"]])
        {
            await using CommandProcess command = CommandProcess.StartOnTerminal(80, [], words);

            Assert.DoesNotContain("\e[?1h", (await command.EndAsync()).Text, StringComparison.Ordinal);
        }
    }

    // What a terminal shows, row by row; a bar is drawn again and again over itself.
    private static string[] Rows(Ran ran, int columns)
    {
        Assert.Equal(0, ran.Code);
        string[] rows = ControlSequence().Replace(ran.Text, "").TrimEnd().Split('\n', '\r').Where(static row => row.Length > 0).ToArray();
        Assert.All(rows, row => Assert.True(row.Length <= columns, $"{row.Length} columns: {row}"));
        return rows;
    }

    [GeneratedRegex(@"\e\[[0-9;]*[34][0-9][0-9;]*m", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ColorSequence();

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ControlSequence();
}
