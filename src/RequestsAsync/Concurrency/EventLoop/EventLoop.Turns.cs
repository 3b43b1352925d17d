namespace RequestsAsync;

// How the loop runs.
public sealed partial class EventLoop
{
    private static readonly TimeSpan PatienceAtEnd = TimeSpan.FromSeconds(5);

    private void RunUntilEnded(LoopTask main, LoopContext context)
    {
        ExecutionContext? flow = ExecutionContext.Capture();
        using ITimer? alarm = ReferenceEquals(TimeProvider, TimeProvider.System)
            ? null
            : TimeProvider.CreateTimer(static steps => ((StepQueue)steps!).Wake(), _steps, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        while (!main.IsCompleted) RunTurn(context, flow, alarm, main);

        Watch.Rest(); // what follows is no step
        if (!_isEnding) CancelAll(main);
        LoopHandle notice = CallLaterCore(PatienceAtEnd, NameThoseThatStay, default);
        while (!_tasks.IsEmpty) RunTurn(context, flow, alarm, main);
        notice.Cancel();
        _tasks.ReportFailed(_problems);
    }

    // One turn, as in asyncio: what is ready now runs, and what that makes ready waits for the next turn. When the main function ends in it, all is
    // cancelled before the rest of it: a sleep that was over in this very turn wakes nobody any more.
    private void RunTurn(LoopContext context, ExecutionContext? flow, ITimer? alarm, LoopTask main)
    {
        _steps.Collect();
        if (_steps.Count > 0 || !WaitForSteps(alarm)) LookAtSockets(context, flow);
        Complete(context, flow);
        _standIn?.Watch();
        if (_poller is not null && !_isEnding && main.IsCompleted) CancelAll(main); // it may have ended where its answer came
        if (Timers.Count > 0)
        {
            long now = Elapsed.Ticks;
            while (Timers.TakeDue(now) is { } timer) timer.Elapse();
        }

        int count = _steps.Count;
        if (count == 0) return;
        Watch.BeginTurn();
        while (count-- > 0)
        {
            if (count % StepsBetweenLooks == StepsBetweenLooks - 1) LookAtSockets(context, flow); // a long turn
            LoopStep step = _steps.Take();
            Watch.BeginStep(step.State ?? step.Callback);
            Run(step);
            Watch.EndStep();

            // What a step leaves behind on the thread must not reach the next one.
            if (!ReferenceEquals(SynchronizationContext.Current, context)) SynchronizationContext.SetSynchronizationContext(context);
            if (flow is not null && !ReferenceEquals(ExecutionContext.Capture(), flow)) ExecutionContext.Restore(flow);
            if (!_isEnding && main.IsCompleted) CancelAll(main);
        }
    }

    private void Run(LoopStep step)
    {
        try
        {
            step.Callback(step.State);
        }
        catch (Exception e)
        {
            _problems.Report(new($"An exception in {StepName.Of(step.State ?? step.Callback)}, which nobody awaits.", e, null));
        }
    }

    // Unless a timer is due already.
    private bool WaitForSteps(ITimer? alarm)
    {
        int milliseconds = Timeout.Infinite;
        if (Timers.Count > 0)
        {
            double left = Math.Ceiling(new TimeSpan(Timers.NextDue - Elapsed.Ticks).TotalMilliseconds);
            if (left <= 0) return false;
            milliseconds = (int)Math.Min(left, int.MaxValue);
        }

        if (alarm is not null && milliseconds != Timeout.Infinite)
        {
            // The thread's own waiting knows only the system's time.
            alarm.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
            milliseconds = Timeout.Infinite;
            if (Timers.NextDue <= Elapsed.Ticks) return false; // the clock went on before the alarm was set, which counts from now
        }

        Watch.Rest();
        _steps.Wait(milliseconds, _found.Told);
        _steps.Collect();
        return true;
    }

    /// <summary>A callback for the cancellation of a task threw.</summary>
    internal void ReportCancellation(LoopTask task, AggregateException e) => _problems.Report(new($"An exception of a callback for the cancellation of {task.Name}.", e, task));

    private void CancelAll(LoopTask main)
    {
        _isEnding = true;
        Cancel(main); // it has ended, but what it started without CreateTask may still listen
        foreach (LoopTask task in _tasks.ToArray()) Cancel(task);

        void Cancel(LoopTask task)
        {
            try
            {
                task.CancelToken();
            }
            catch (AggregateException e)
            {
                ReportCancellation(task, e);
            }
        }
    }

    private void NameThoseThatStay()
    {
        foreach (LoopTask task in _tasks.ToArray())
        {
            _problems.Report(new(
                $"The loop cannot end: {StepName.Of(task)} was cancelled and goes on. Give EventLoop.CancellationToken to what it awaits.", null, task));
        }
    }

    // Sleeps that nobody waits for end too; what continues then continues on the thread pool.
    private void Close()
    {
        Watch.Dispose();
        LeaveSockets();
        while (Timers.TakeDue(long.MaxValue) is { } timer)
            (timer as LoopSleep)?.Cancel(new CancellationToken(canceled: true));
        foreach (LoopStep step in _steps.Close())
            Post(step.Callback, step.State);
    }
}
