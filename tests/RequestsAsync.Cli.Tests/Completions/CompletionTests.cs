using System.CommandLine;
using System.Diagnostics;

namespace RequestsAsync.Cli.Tests;

public sealed class CompletionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("requests |ser", "serve")]
    [InlineData("requests |PU", "PUT")]
    [InlineData("requests |--ver", "--version --verify --verbose")]
    [InlineData("requests GET :/x |--sty", "--style")]
    [InlineData("requests --style |mo", "monokai")]
    [InlineData("requests --style = |a", "auto")]
    [InlineData("requests --pretty |=", "all colors format none")]
    [InlineData("requests serve |--po", "--port")]
    [InlineData("requests serve |--sty", "")]
    [InlineData("requests serve |--deb", "--debug")]
    [InlineData("requests completion |b", "bash")]
    [InlineData("requests -o |ser", "")]
    [InlineData("requests GET |ser", "")]
    [InlineData("requests bulk |wo", "work")]
    [InlineData("requests bulk work |--front", "--frontier")]
    [InlineData("requests bulk merge |--outp", "--output")]
    [InlineData("requests bulk merge |--front", "")]
    [InlineData("requests bulk cancel |--deb", "--debug")]
    public async Task Bash_completes(string line, string expected)
    {
        string script = (await Ran.InProcessAsync("completion", "bash")).Text;
        string[] words = line.Replace("|", "", StringComparison.Ordinal).Split(' ');
        string program = $$"""
            {{script}}
            COMP_WORDS=({{string.Join(' ', words.Select(static word => $"'{word}'"))}})
            COMP_CWORD={{words.Length - 1}}
            _requests
            echo "${COMPREPLY[*]}"
            """;

        (int code, string output, string error) = await RunAsync("bash", program, "--norc", "-s");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(expected, output.TrimEnd('\n'));
    }

    [Theory]
    [InlineData("bash", "-n")]
    [InlineData("zsh", "-n")]
    [InlineData("fish", "--no-execute")]
    public async Task The_shell_reads_the_script(string shell, string check)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, (await Ran.InProcessAsync("completion", shell)).Text, Token);

            Assert.Equal((0, "", ""), await RunAsync(shell, "", check, file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Fish_completes()
    {
        string script = (await Ran.InProcessAsync("completion", "fish")).Text;

        (_, string output, _) = await RunAsync("fish", script + "\ncomplete -C 'requests --style '\ncomplete -C 'requests PAT'\n", "--private", "--no-config");

        Assert.Contains("monokai", output, StringComparison.Ordinal);
        Assert.Contains("PATCH", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("requests bulk wo", "work")]
    [InlineData("requests bulk work --front", "--frontier")]
    [InlineData("requests bulk --rep", "--report")]
    [InlineData("requests bulk merge --front", "")]
    public async Task Fish_completes_the_words_of_a_subcommand(string line, string expected)
    {
        string script = (await Ran.InProcessAsync("completion", "fish")).Text;

        (_, string output, _) = await RunAsync("fish", $"{script}\ncomplete -C '{line}'\n", "--private", "--no-config");

        Assert.Equal(expected, output.Split('\t', '\n')[0]);
    }

    [Theory]
    [InlineData("requests bulk w", 3, "described commands")]
    [InlineData("requests bulk work --fr", 4, "--frontier=")]
    [InlineData("requests bulk merge -", 4, "--output=")]
    public async Task Zsh_knows_the_words_of_a_subcommand(string line, int current, string expected)
    {
        string script = (await Ran.InProcessAsync("completion", "zsh")).Text;
        string program = $$"""
            compdef() { : }
            _describe() { print -r -- "described $2 $#commands" }
            _arguments() { print -rl -- $@ }
            {{script}}
            words=({{line}})
            CURRENT={{current}}
            _requests
            """;

        (int code, string output, string error) = await RunAsync("zsh", program, "-f", "-s");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.Equal(line.Contains("work", StringComparison.Ordinal), output.Contains("--frontier", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Powershell_gets_every_option_and_its_values()
    {
        string script = (await Ran.InProcessAsync("completion", "pwsh")).Text;

        Assert.Contains("Register-ArgumentCompleter -Native -CommandName requests", script, StringComparison.Ordinal);
        Assert.Contains("$values['']['--style'] = @('auto', 'monokai')", script, StringComparison.Ordinal);
        Assert.Matches(@"\$options\['bulk work'\] = .*'--frontier'", script);
        Assert.Contains("$words['completion'] = @('bash', 'fish', 'pwsh', 'zsh')", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_shell_is_an_error_of_usage()
    {
        Ran ran = await Ran.InProcessAsync("completion", "tcsh");

        Assert.Equal(64, ran.Code);
        Assert.Contains("bash, zsh, fish, pwsh, not for 'tcsh'", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_outline_leaves_out_what_is_hidden_and_repeats_what_is_everywhere()
    {
        Option<string> level = new("--level", "-l") { Recursive = true, HelpName = "N", Description = "It's [a] level: 'x'." };
        level.CompletionSources.Add("low", "not a word");
        RootCommand root = new() { Options = { level, new Option<bool>("--secret") { Hidden = true } } };
        root.Subcommands.Add(new("sub"));
        root.Subcommands.Add(new("gone") { Hidden = true });

        IReadOnlyList<CommandOutline> commands = CommandOutline.Of(root);

        Assert.Equal(["", "sub"], commands.Select(static command => command.Name));
        Assert.DoesNotContain(commands[0].Options, static option => option.Names.Contains("--secret"));
        OptionOutline found = Assert.Single(commands[1].Options, static option => option.Names[0] == "--level");
        Assert.Equal(["--level", "-l"], found.Names);
        Assert.Equal(("N", "low"), (found.ValueName, Assert.Single(found.Values)));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string program, string input, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists($"/usr/bin/{program}"), $"There is no {program} here.");
        ProcessStartInfo start = new($"/usr/bin/{program}", arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(Token);
        Task<string> error = process.StandardError.ReadToEndAsync(Token);
        await process.StandardInput.WriteAsync(input.AsMemory(), Token);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, await output, await error);
    }
}
