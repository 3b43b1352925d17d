namespace RequestsAsync.Cli;

/// <summary>What a command's standard input is redirected to: a text (here-document, here-string) or a file.</summary>
/// <param name="Text">The text, or <see langword="null"/>.</param>
/// <param name="Path">The file, or <see langword="null"/>.</param>
internal sealed record ShellInput(string? Text, string? Path);
