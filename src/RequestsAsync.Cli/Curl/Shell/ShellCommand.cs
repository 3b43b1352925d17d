namespace RequestsAsync.Cli;

/// <summary>One simple command: its words and where its input comes from.</summary>
internal sealed record ShellCommand
{
    /// <summary>The words, the program's name first; never empty.</summary>
    public required IReadOnlyList<ShellWord> Words { get; init; }

    /// <summary>What its input is redirected to; <see langword="null"/> when it is not.</summary>
    public ShellInput? Input { get; init; }

    /// <summary>How it follows the command before it.</summary>
    public ShellJoint Joint { get; init; }

    /// <summary>The program's name without its folder.</summary>
    public string Program => Words[0].Text[(Words[0].Text.LastIndexOfAny(['/', '\\']) + 1)..];

    public bool IsCurl => Program is "curl" or "curl.exe";
}
