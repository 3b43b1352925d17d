namespace RequestsAsync;

/// <summary>Something that went wrong on a loop where no caller is left to hear of it.</summary>
/// <param name="Message">What happened, in a sentence.</param>
/// <param name="Exception">The exception, where there is one.</param>
/// <param name="Task">The task that it belongs to, where it belongs to one.</param>
public sealed record LoopProblem(string Message, Exception? Exception, LoopTask? Task)
{
    /// <summary>The message, and the exception with its stack after it.</summary>
    public override string ToString() => Exception is null ? Message : $"{Message}\n{Exception}";
}
