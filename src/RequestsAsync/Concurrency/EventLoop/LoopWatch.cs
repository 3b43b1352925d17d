using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

/// <summary>Sees how long each step holds the loop, and reports those that do too long, also while they still do.</summary>
/// <remarks>
/// A step costs one reading of the clock. The timer that looks at a held loop from outside is armed when the loop begins to work, and rests when it
/// finds the loop idle.
/// </remarks>
internal sealed class LoopWatch : IDisposable
{
    private const long Idle = -1;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1); // timers know no more than 49
    private static readonly TimeSpan LookTime = TimeSpan.FromMilliseconds(20);
    private static readonly DiagnosticListener Listener = new("RequestsAsync.EventLoop");

    private readonly EventLoopOptions _options;
    private readonly LoopProblems _problems;
    private readonly TimeProvider _time;
    private readonly TimeSpan _threshold;
    private readonly long _thresholdStamps;
    private readonly ITimer _timer;
    private long _heldSince = Idle;
    private long _step;
    private long _reported;
    private long _now;
    private object? _running;
    private volatile string? _verb;
    private volatile BlockedStack? _stack;
    private volatile bool _isArmed;
    private volatile bool _isLooking;

    public LoopWatch(EventLoopOptions options, LoopProblems problems)
    {
        _options = options;
        _problems = problems;
        _time = options.TimeProvider;
        IsOn = options.SlowCallbackThreshold != Timeout.InfiniteTimeSpan;
        _threshold = options.SlowCallbackThreshold < Longest ? options.SlowCallbackThreshold : Longest;
        _thresholdStamps = (long)(_threshold.TotalSeconds * _time.TimestampFrequency);
        _timer = _time.CreateTimer(static watch => ((LoopWatch)watch!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether slow steps are looked for.</summary>
    public bool IsOn { get; }

    /// <summary>Whether a step is running; otherwise the loop waits for one.</summary>
    public bool IsHeld => Volatile.Read(ref _heldSince) != Idle;

    /// <summary>Whether somebody hears the reports.</summary>
    public bool IsHeard => IsOn && (_options.OnSlowCallback is not null || _options.Debug || Listener.IsEnabled());

    /// <summary>How long the loop's thread may wait before its stack is worth a look: so early that the report, which comes at the threshold, has it.</summary>
    public int PatienceMilliseconds => (int)Math.Clamp(_threshold.TotalMilliseconds / 2, 1, int.MaxValue);

    /// <summary>The loop has steps to run. Turns that follow each other need no new look at the clock.</summary>
    public void BeginTurn()
    {
        if (_heldSince == Idle) _now = _time.GetTimestamp();
        if (!_isArmed && IsHeard) Arm(_threshold);
    }

    public void BeginStep(object running)
    {
        _running = running;
        Volatile.Write(ref _step, _step + 1);
        Volatile.Write(ref _heldSince, _now);
    }

    public void EndStep()
    {
        long began = _heldSince;
        _now = _time.GetTimestamp();
        if (_now - began >= _thresholdStamps && IsHeard)
        {
            Report(_running!, _now - began, isStillHeld: false);
            _now = _time.GetTimestamp(); // the report is not the next step's time
        }

        if (_verb is not null) _verb = null;
        if (_stack is not null) _stack = null;
    }

    /// <summary>The loop has nothing to run.</summary>
    public void Rest()
    {
        Volatile.Write(ref _heldSince, Idle);
        _running = null;
    }

    /// <summary>The running step calls a blocking verb.</summary>
    public void NoteVerb(string verb)
    {
        _verb = verb;
        LookAtStack();
    }

    /// <summary>The running step waits, and has for a while.</summary>
    public void NoteWaiting()
    {
        if (_stack is null) LookAtStack();
    }

    public void Dispose() => _timer.Dispose();

    // The first look of a process reads debug symbols and takes long enough that a report could come before its end.
    private void LookAtStack()
    {
        if (!IsHeard) return;
        _isLooking = true;
        try
        {
            _stack = new BlockedStack();
            Volatile.Write(ref _reported, 0); // a report that came before it had no line
        }
        finally
        {
            _isLooking = false;
        }
    }

    private void Arm(TimeSpan delay)
    {
        _isArmed = true;
        _timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    // On a thread of the clock, while the loop may do anything.
    private void Look()
    {
        long step = Volatile.Read(ref _step);
        long since = Volatile.Read(ref _heldSince);
        object? running = Volatile.Read(ref _running);
        if (since == Idle || running is null)
        {
            _isArmed = false; // the next turn arms it again
            if (!IsHeld) return;
            Arm(_threshold); // a turn that has begun meanwhile found it armed
            return;
        }

        if (_isLooking)
        {
            Arm(LookTime);
            return;
        }

        long held = _time.GetTimestamp() - since;
        if (held < _thresholdStamps)
        {
            Arm(_threshold - _time.GetElapsedTime(since, since + held));
            return;
        }

        bool isSameStep = Volatile.Read(ref _step) == step && Volatile.Read(ref _heldSince) == since;
        if (isSameStep && Interlocked.Exchange(ref _reported, step) != step) Report(running, held, isStillHeld: true);
        Arm(_threshold);
    }

    private void Report(object running, long stamps, bool isStillHeld)
    {
        BlockedStack? stack = _stack;
        SlowCallback slow = new()
        {
            Held = _time.GetElapsedTime(0, stamps),
            IsStillHeld = isStillHeld,
            Method = StepName.Of(running),
            CreatedAt = running switch { LoopTask task => task.Site.Text, LoopHandle handle => handle.Site.Text, _ => null },
            BlockingCall = _verb,
            BlockedAt = stack?.Line,
            StackTrace = stack?.ToString(),
        };

        try
        {
            if (_options.Debug) Console.Error.WriteLine(slow);
            if (Listener.IsEnabled()) Publish(slow);
            _options.OnSlowCallback?.Invoke(slow);
        }
        catch (Exception e)
        {
            _problems.Report(new("OnSlowCallback threw an exception.", e, null));
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The report holds nothing but strings, a number and a flag, all named by its own type.")]
    private static void Publish(SlowCallback slow) => Listener.Write(nameof(SlowCallback), slow);
}
