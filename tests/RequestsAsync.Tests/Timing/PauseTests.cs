using System.Diagnostics;

namespace RequestsAsync.Tests;

public sealed class PauseTests
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    private readonly WatchedTime _time = new();

    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task It_lasts_as_long_as_the_clock_says(bool awaited)
    {
        Task pause = StartAsync(TimeSpan.FromSeconds(5), awaited);
        await _time.UntilTimersAsync(1);

        _time.Advance(TimeSpan.FromSeconds(5) - Millisecond);
        Assert.False(pause.IsCompleted);
        _time.Advance(Millisecond);

        await pause;
        await _time.UntilTimersAsync(0);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_fraction_of_a_millisecond_is_waited_for_too(bool awaited)
    {
        Task pause = StartAsync(TimeSpan.FromTicks(1), awaited);
        await _time.UntilTimersAsync(1);

        _time.Advance(Millisecond / 2);
        Assert.False(pause.IsCompleted);
        _time.Advance(Millisecond / 2);

        await pause;
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task It_may_be_longer_than_a_timer_can_hold(bool awaited)
    {
        Task pause = StartAsync(TimeSpan.FromDays(60), awaited);
        foreach (int days in (int[])[24, 24, 12])
        {
            await _time.UntilTimersAsync(1);
            Assert.False(pause.IsCompleted);
            _time.Advance(TimeSpan.FromDays(days));
        }

        await pause;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)] // Timeout.InfiniteTimeSpan: what was computed from two times must not become endless
    [InlineData(-1000)]
    public void Nothing_to_wait_for_is_over_at_once(int milliseconds)
    {
        Blocking.Complete(Pause.WaitAsync(TimeSpan.FromMilliseconds(milliseconds), _time, async: true, default));
        Blocking.Complete(Pause.WaitAsync(TimeSpan.FromMilliseconds(milliseconds), _time, async: false, default));
        Assert.Equal(0, _time.Timers);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_cancelled_token_ends_it_before_it_begins(bool awaited)
    {
        CancellationToken cancelled = new(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StartAsync(TimeSpan.FromSeconds(5), awaited, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StartAsync(TimeSpan.Zero, awaited, cancelled));
        Assert.Equal(0, _time.Timers);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Cancelling_ends_it_and_its_timer(bool awaited)
    {
        using CancellationTokenSource cancel = new();
        Task pause = StartAsync(TimeSpan.FromSeconds(5), awaited, cancel.Token);
        await _time.UntilTimersAsync(1);

        await cancel.CancelAsync();

        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pause);
        Assert.Equal(cancel.Token, e.CancellationToken);
        await _time.UntilTimersAsync(0);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task It_runs_on_the_clock_of_the_system_too(bool awaited)
    {
        Stopwatch clock = Stopwatch.StartNew();

        if (awaited)
            await Pause.WaitAsync(TimeSpan.FromMilliseconds(50), TimeProvider.System, async: true, default);
        else
            Blocking.Complete(Pause.WaitAsync(TimeSpan.FromMilliseconds(50), TimeProvider.System, async: false, default));

        Assert.InRange(clock.ElapsedMilliseconds, 40, 5000); // timers count ticks of the system, of which each may have been nearly over
    }

    // What blocks must have come to its end when it gives its thread back.
    private Task StartAsync(TimeSpan time, bool awaited, CancellationToken cancellationToken = default) =>
        awaited
            ? Pause.WaitAsync(time, _time, async: true, cancellationToken).AsTask()
            : OwnThread.RunAsync(() => Blocking.Complete(Pause.WaitAsync(time, _time, async: false, cancellationToken)));
}
