using System.Globalization;
using System.Text;

namespace RequestsAsync;

/// <summary>A step of a task, or a callback, that held the loop longer than <see cref="EventLoopOptions.SlowCallbackThreshold"/>: nothing else ran meanwhile.</summary>
public sealed record SlowCallback
{
    internal SlowCallback()
    {
    }

    /// <summary>How long it has held the loop, until now or until its end.</summary>
    public TimeSpan Held { get; internal init; }

    /// <summary>Whether it still holds the loop. It is reported once more when it has let go.</summary>
    public bool IsStillHeld { get; internal init; }

    /// <summary>Who holds the loop: the async method whose continuation runs, or the callback.</summary>
    /// <remarks>
    /// A continuation that completes a task runs those who await it on the same occasion; then this is the first of them, the innermost. Names are the
    /// compiler's, made readable; a program that was trimmed of them, or obfuscated, shows what is left.
    /// </remarks>
    public string Method { get; internal init; } = "";

    /// <summary>Where the task was created or the call asked for, as <c>file:line</c>; <see langword="null"/> for a later step of a task.</summary>
    public string? CreatedAt { get; internal init; }

    /// <summary>The blocking verb of this library that was called last, <c>Get</c> for example; <see langword="null"/> when none was.</summary>
    public string? BlockingCall { get; internal init; }

    /// <summary>
    /// Where the loop's thread waits, as <c>file:line</c> or, without debug symbols, as the name of the method; <see langword="null"/> when it is not known.
    /// </summary>
    /// <remarks>
    /// It is known for the blocking verbs of this library and for whatever waits through the runtime: <c>Task.Wait</c>, <c>Result</c>, a lock, a semaphore,
    /// an event. It is not for what computes, for <c>Thread.Sleep</c> and for a blocking call of the operating system: .NET shows no thread the stack of another.
    /// </remarks>
    public string? BlockedAt { get; internal init; }

    /// <summary>The stack of the loop's thread at <see cref="BlockedAt"/>; <see langword="null"/> when that is not known.</summary>
    public string? StackTrace { get; internal init; }

    /// <summary>All of it in a sentence, with what to do instead.</summary>
    public override string ToString()
    {
        StringBuilder text = new(Method);
        text.Append(IsStillHeld ? " has been holding the event loop for " : " held the event loop for ")
            .Append(Held.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture))
            .Append(" ms");
        if (BlockingCall is not null) text.Append(", in ").Append(BlockingCall);
        if (BlockedAt is not null) text.Append(", at ").Append(BlockedAt);
        if (CreatedAt is not null) text.Append(" (created at ").Append(CreatedAt).Append(')');
        return text.Append(". Nothing else ran meanwhile: ")
            .Append(BlockingCall is null ? "await instead of blocking" : $"await {BlockingCall}Async instead")
            .Append(", or take the call off the loop with EventLoop.ToThreadAsync.")
            .ToString();
    }
}
