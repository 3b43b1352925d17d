namespace RequestsAsync.Cli;

/// <summary>One word of a command, with quotes and variables resolved.</summary>
/// <param name="Text">What the program would be given.</param>
/// <param name="Position">Where it begins in the text.</param>
internal readonly record struct ShellWord(string Text, int Position);
