namespace RequestsAsync.Cli;

/// <summary>The command cannot go on, for a reason that its user can understand and mend.</summary>
internal sealed class CommandException : Exception
{
    /// <param name="message">What happened, in one line.</param>
    /// <param name="hint">What to try, in one line.</param>
    /// <param name="innerException">What it came from, for <c>--debug</c>.</param>
    public CommandException(string message, string? hint = null, Exception? innerException = null)
        : base(message, innerException) => Hint = hint;

    public string? Hint { get; }

    /// <summary>The text that is at fault, and under it the place.</summary>
    public string? Excerpt { get; init; }

    /// <summary>What the shell is told.</summary>
    public int Code { get; init; } = ExitCode.Error;

    /// <summary>The arguments make no sense.</summary>
    public static CommandException Usage(string message, string? hint = null, Exception? innerException = null) =>
        new(message, hint, innerException) { Code = ExitCode.Usage };
}
