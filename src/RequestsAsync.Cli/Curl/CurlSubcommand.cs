using System.CommandLine;

namespace RequestsAsync.Cli;

/// <summary><c>requests curl '…'</c>: reads a curl command, and sends what it describes or shows it in other words.</summary>
internal sealed class CurlSubcommand : Command
{
    private const string Print = "--print";
    private const string Debug = "--debug"; // the whole program's

    private static readonly string[] Own = [Print, Debug, "--help", "-?"];

    private readonly StandardStreams _streams;

    public CurlSubcommand(StandardStreams streams)
        : base("curl", "Send what a curl command describes, or show it as C#, as a requests command, as JSON or as HAR.")
    {
        _streams = streams;
        Argument<string[]> words = new("COMMAND")
        {
            Description = "A curl command in quotes, its words without quotes, or '-' for the input. Commands besides curl are never run.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string?> print = new(Print) { Description = "Show it instead: csharp, requests, json or har.", HelpName = "FORM" };
        print.AcceptOnlyFromAmong(CurlForms.Names);
        Arguments.Add(words);
        Options.Add(print);
        SetAction((parsed, stopping) => RunAsync(parsed.GetRequiredValue(words), parsed.GetValue(print), parsed.GetValue<bool>(Debug), stopping));
    }

    /// <summary>Keeps curl's own options from being taken for this program's: only what stands before the command, or after one in quotes, is this program's.</summary>
    public static string[] Protect(string[] arguments)
    {
        int at = Array.FindIndex(arguments, static argument => argument != Debug);
        if (at < 0 || arguments[at] != "curl") return arguments;

        List<string> own = [.. arguments[..(at + 1)]];
        List<string> words = [.. arguments[(at + 1)..]];
        while (words.Count > 0 && Own.Contains(words[0].Split('=')[0], StringComparer.Ordinal)) Move(words, 0, own);
        if (words is [var text, _, ..] && text.AsSpan().ContainsAny(' ', '\n', '\t'))
        {
            while (words.Count > 1 && Own.Contains(words[1].Split('=')[0], StringComparer.Ordinal)) Move(words, 1, own);
        }

        return words.Count == 0 ? [.. own] : [.. own, "--", .. words];
    }

    private static void Move(List<string> words, int at, List<string> own)
    {
        int count = words[at] == Print && at + 1 < words.Count ? 2 : 1;
        own.AddRange(words.GetRange(at, count));
        words.RemoveRange(at, count);
    }

    private async Task<int> RunAsync(string[] words, string? form, bool debug, CancellationToken stopping)
    {
        try
        {
            CurlScript script = Read(words, isShown: form is not null);
            foreach (string note in script.Notes)
                _streams.Error.WriteLine("requests: " + TerminalText.Line(note));
            if (form is null) return await new CurlRunner(_streams, debug).RunAsync(script, stopping).ConfigureAwait(false);

            foreach (string note in CurlForms.Write(form, script, _streams.Output))
                _streams.Error.WriteLine("requests: " + TerminalText.Line(note));
            return ExitCode.Success;
        }
        catch (ShellSyntaxException e)
        {
            throw new CommandException(e.Message, innerException: e) { Code = ExitCode.Usage, Excerpt = $"{e.Excerpt.Line}\n{e.Excerpt.Caret}" };
        }
    }

    private CurlScript Read(string[] words, bool isShown)
    {
        CurlHost host = new() { Folder = Environment.CurrentDirectory, Environment = Environment.GetEnvironmentVariable, OpenInput = _streams.OpenInput };
        if (words is ["-"])
        {
            string text = host.ReadText("-");
            if (string.IsNullOrWhiteSpace(text)) throw new CommandException("the input holds no curl command.", "Pipe one: … | requests curl -");
            return CurlScript.Parse(text, host with { OpenInput = static () => Stream.Null }, isShown);
        }

        if (words is [var only] && (only.AsSpan().ContainsAny(' ', '\n', '\t') || only == "curl")) return CurlScript.Parse(only, host, isShown);
        return CurlScript.OfWords(words is ["curl", .. var rest] ? rest : words, host);
    }
}
