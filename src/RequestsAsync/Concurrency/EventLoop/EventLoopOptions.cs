namespace RequestsAsync;

/// <summary>How an <see cref="EventLoop"/> runs, and what it watches for.</summary>
public sealed record EventLoopOptions
{
    /// <summary>The clock of sleeps, timeouts and measured times.</summary>
    /// <value>Default: the system's.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>How long a step may hold the loop before it is reported. <see cref="Timeout.InfiniteTimeSpan"/> turns the reports off.</summary>
    /// <value>Default: 100 milliseconds, as <c>loop.slow_callback_duration</c> of asyncio.</value>
    public TimeSpan SlowCallbackThreshold { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Hears of every step that holds the loop too long: while it does, and once when it has let go.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    /// <remarks>
    /// While the loop is held, the call comes from another thread, and once more when the line that holds it becomes known only later; the last one comes
    /// from the loop's own. The same reports are written to the
    /// <see cref="System.Diagnostics.DiagnosticListener"/> named <c>RequestsAsync.EventLoop</c> as the event <c>SlowCallback</c>.
    /// </remarks>
    public Action<SlowCallback>? OnSlowCallback { get; init; }

    /// <summary>Hears of what nobody else is left to hear of: an exception of a callback, or of a task that nobody awaited (<c>loop.set_exception_handler</c>).</summary>
    /// <value>Default: <see langword="null"/>, a line of standard error for each, as asyncio does.</value>
    public Action<LoopProblem>? OnProblem { get; init; }

    /// <summary>Writes slow callbacks to standard error too.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool Debug { get; init; }

    /// <summary>
    /// Makes an exception of blocking: <see cref="BlockingCallException"/> is thrown by a blocking verb of this library on the loop's thread, and by
    /// <c>Task.Wait</c>, <c>Result</c> and their kind there, which would often never return.
    /// </summary>
    /// <value>Default: <see langword="false"/>; where somebody hears of slow callbacks, he hears of them, with their line.</value>
    /// <remarks>
    /// The runtime tells of a waiting for a task only when it has to wait indeed, and by the name of the waiting method: one whose task has ended passes, and in a
    /// program compiled ahead of time without stack trace data all pass. A waiting for other things (locks, events) is never refused.
    /// </remarks>
    public bool ForbidBlocking { get; init; }

    /// <summary>
    /// Lets the loop's own thread wait for its connections (epoll), so that an answer needs no hop from the runtime's socket thread: those that are opened for
    /// requests of the loop, over HTTP/1.1. Has an effect on Linux only; elsewhere the runtime waits for all.
    /// </summary>
    /// <value>Default: <see langword="false"/>: the runtime waits.</value>
    /// <remarks>
    /// Code after <c>ConfigureAwait(false)</c> may then go on on the loop's thread too, right when the answer comes. It counts as a step that holds the loop, and is reported as one; as
    /// everywhere after <c>ConfigureAwait(false)</c>, <see cref="ForbidBlocking"/> sees no waiting for tasks there. A connection goes back to the runtime's waiting,
    /// for good, when the loop ends, when code outside of the loop sends a request over it, and when a blocking verb does. While a step holds the loop for longer than
    /// 20 milliseconds, another thread looks after its connections.
    /// </remarks>
    public bool PollSockets { get; init; }

    /// <summary>
    /// Lets the runtime's socket thread run completions itself instead of handing them to the thread pool: fewer hops between threads. With 64
    /// requests at once on one loop, against nginx on the same two cores, it gave 1.02 to 1.14 times the throughput.
    /// </summary>
    /// <value>Default: <see langword="false"/>.</value>
    /// <remarks>
    /// It is for connections that the loop does not wait on itself (<see cref="PollSockets"/>).
    /// This is a switch of the whole process and of Linux, macOS and FreeBSD; on Windows it changes nothing. It sets
    /// <c>DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1</c>, which the runtime reads once, at the first socket operation: on Linux a loop that comes later is
    /// refused; elsewhere that cannot be seen, and the switch has no effect. Danger: what the socket thread runs must not block. Code that continues
    /// on the loop is safe, code after <c>ConfigureAwait(false)</c> runs on that very thread, and if it blocks, every socket of the process stands still.
    /// </remarks>
    public bool InlineSocketCompletions { get; init; }

    /// <summary>The options themselves, or the defaults where there are none.</summary>
    /// <exception cref="ArgumentException">An option is not allowed.</exception>
    internal static EventLoopOptions Checked(EventLoopOptions? options)
    {
        options ??= new();
        if (options.TimeProvider is null) throw new ArgumentException("TimeProvider is null: leave it out for the system's clock.", nameof(options));
        if (options.SlowCallbackThreshold <= TimeSpan.Zero && options.SlowCallbackThreshold != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentException(
                $"SlowCallbackThreshold is {options.SlowCallbackThreshold}: it must be positive, or Timeout.InfiniteTimeSpan for no reports.", nameof(options));
        }

        return options;
    }
}
