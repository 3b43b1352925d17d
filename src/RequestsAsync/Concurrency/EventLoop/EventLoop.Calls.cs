using System.Runtime.CompilerServices;

namespace RequestsAsync;

// Plain callbacks.
public sealed partial class EventLoop
{
    /// <summary>Calls a function in the loop's next turn (<c>loop.call_soon</c>).</summary>
    /// <param name="callback">The function. What it throws is reported to <see cref="EventLoopOptions.OnProblem"/>.</param>
    /// <param name="file">The caller's file; the compiler gives it.</param>
    /// <param name="line">The caller's line; the compiler gives it.</param>
    /// <returns>What calls it off.</returns>
    /// <exception cref="InvalidOperationException">No loop runs on this thread.</exception>
    public static LoopHandle CallSoon(Action callback, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Required().CallSoonThreadSafe(callback, file, line);

    /// <summary>Calls a function on the loop when a time has passed (<c>loop.call_later</c>).</summary>
    /// <inheritdoc cref="CallSoon" path="/returns|/exception"/>
    /// <param name="delay">How long from now.</param>
    /// <param name="callback">The function. What it throws is reported to <see cref="EventLoopOptions.OnProblem"/>.</param>
    /// <param name="file">The caller's file; the compiler gives it.</param>
    /// <param name="line">The caller's line; the compiler gives it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative.</exception>
    public static LoopHandle CallLater(TimeSpan delay, Action callback, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return Required().CallLaterCore(delay, callback, new(file, line));
    }

    /// <summary>Calls a function on the loop at a time of the loop's clock (<c>loop.call_at</c>).</summary>
    /// <inheritdoc cref="CallSoon" path="/returns|/exception"/>
    /// <param name="time">When, as <see cref="Time"/> counts; a time that is past means soon.</param>
    /// <param name="callback">The function. What it throws is reported to <see cref="EventLoopOptions.OnProblem"/>.</param>
    /// <param name="file">The caller's file; the compiler gives it.</param>
    /// <param name="line">The caller's line; the compiler gives it.</param>
    public static LoopHandle CallAt(TimeSpan time, Action callback, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(callback);
        EventLoop loop = Required();
        LoopHandle handle = new(loop, callback, new(file, line));
        loop.Timers.Add(handle, time.Ticks);
        return handle;
    }

    /// <summary>Calls a function in the loop's next turn, from any thread (<c>loop.call_soon_threadsafe</c>). After the end of the loop the thread pool calls it.</summary>
    /// <inheritdoc cref="CallSoon" path="/param|/returns"/>
    public LoopHandle CallSoonThreadSafe(Action callback, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentNullException.ThrowIfNull(callback);
        LoopHandle handle = new(this, callback, new(file, line));
        Post(LoopHandle.Run, handle);
        return handle;
    }

    private LoopHandle CallLaterCore(TimeSpan delay, Action callback, CallSite site)
    {
        LoopHandle handle = new(this, callback, site);
        Timers.Add(handle, DueAfter(delay));
        return handle;
    }
}
