namespace RequestsAsync.Cli;

/// <summary>A pasted text, read as a POSIX shell would read it (POSIX.1-2024, Shell Command Language §2), with Bash's <c>$'…'</c> and <c>&lt;&lt;&lt;</c>. Nothing in it is ever run.</summary>
/// <param name="Text">The text itself.</param>
/// <param name="Commands">Its commands in order.</param>
/// <param name="Notes">What was left out of account, for the user to know.</param>
internal sealed record ShellScript(string Text, IReadOnlyList<ShellCommand> Commands, IReadOnlyList<string> Notes)
{
    /// <summary>Reads a text.</summary>
    /// <exception cref="ShellSyntaxException">A quote or a here-document has no end, or it asks for something that would have to be run.</exception>
    public static ShellScript Parse(string text, ShellVariables variables) => new ShellParser(text, variables).Parse();
}
