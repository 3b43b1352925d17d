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
}
