using System.CommandLine;
using System.CommandLine.Parsing;

namespace RequestsAsync.Cli;

/// <summary>The options that say how a file is downloaded, the same wherever files are downloaded.</summary>
internal sealed class DownloadFlags
{
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The file to write. Never one that is there already.", HelpName = "FILE" };

    private readonly Option<bool> _continue = new("--continue", "-c")
    {
        Description = "Go on with an unfinished download even where the server gives nothing to check it by; where it does, that happens anyway.",
    };

    private readonly Option<Checksum?> _checksum = new("--checksum")
    {
        Description = "What the file must hash to: sha256, sha512, sha1 or md5.",
        HelpName = "sha256=HEX",
        CustomParser = ParseChecksum,
    };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Let the new file take the place of one that is there, once it is whole." };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_output, _continue, _checksum, _overwrite])
            command.Options.Add(option);
    }

    /// <summary>The file that was named, or <see langword="null"/>.</summary>
    public string? Output(ParseResult parsed) => parsed.GetValue(_output);

    /// <summary>Whether a file was named.</summary>
    public bool HasOutput(CommandResult result) => result.GetResult(_output) is { Implicit: false };

    /// <summary>Whether a checksum was given.</summary>
    public bool HasChecksum(CommandResult result) => result.GetResult(_checksum) is { Implicit: false };

    /// <summary>The name of an option that was given and makes no sense where nothing is downloaded, or <see langword="null"/>.</summary>
    public string? FindDownloadsOnly(CommandResult result) =>
        ((Option[])[_continue, _checksum, _overwrite]).FirstOrDefault(option => result.GetResult(option) is { Implicit: false })?.Name;

    /// <summary>What the options say.</summary>
    public DownloadOptions Read(ParseResult parsed) => new()
    {
        ResumeUnvalidated = parsed.GetValue(_continue),
        Checksum = parsed.GetValue(_checksum),
        Existing = parsed.GetValue(_overwrite) ? ExistingFile.Replace : ExistingFile.Refuse,
    };

    private static Checksum? ParseChecksum(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Checksum.TryParse(text, out Checksum? checksum)) return checksum;

        result.AddError($"--checksum reads sha256=…, sha512=…, sha1=… or md5=… with all of its hexadecimal digits, and '{text}' does not.");
        return null;
    }
}
