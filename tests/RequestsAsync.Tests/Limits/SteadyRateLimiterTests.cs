using System.Threading.RateLimiting;

namespace RequestsAsync.Tests;

public sealed class SteadyRateLimiterTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100); // at 10 per second

    private readonly WatchedTime _time = new();

    [Fact]
    public async Task Permits_come_one_after_the_other_in_the_order_of_arrival()
    {
        await using SteadyRateLimiter limiter = new(perSecond: 10, burst: 1, _time);
        Task[] acquiring = [.. Acquire(limiter, 4)];

        for (int granted = 1; granted < 4; granted++)
        {
            await acquiring[granted - 1];
            await _time.UntilTimersAsync(1);
            _time.Advance(Interval - TimeSpan.FromMilliseconds(1));
            Assert.All(acquiring[granted..], task => Assert.False(task.IsCompleted));
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        await acquiring[3];
        await _time.UntilTimersAsync(0); // nobody waits: nothing ticks
    }

    [Fact]
    public async Task What_was_not_used_comes_at_once_up_to_the_burst()
    {
        await using SteadyRateLimiter limiter = new(perSecond: 10, burst: 3, _time);
        Assert.Equal(3, Drain(limiter));

        _time.Advance(2 * Interval);
        Assert.Equal(2, Drain(limiter));

        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, Drain(limiter));
    }

    [Fact]
    public async Task A_burst_of_one_gives_no_second_more_than_the_rate()
    {
        await using SteadyRateLimiter limiter = new(perSecond: 7, burst: 1, _time);
        int granted = 0;

        for (int millisecond = 0; millisecond < 1000; millisecond++)
        {
            granted += Drain(limiter);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(7, granted);
    }

    [Fact]
    public async Task Timers_that_are_a_little_late_do_not_lower_the_rate()
    {
        await using SteadyRateLimiter limiter = new(perSecond: 10, burst: 1, _time);
        Task[] acquiring = [.. Acquire(limiter, 4)];

        foreach ((int granted, int milliseconds) in ((int, int)[])[(1, 110), (2, 90), (3, 100)])
        {
            await acquiring[granted - 1];
            await _time.UntilTimersAsync(1);
            _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        }

        await acquiring[3];
    }

    [Fact]
    public async Task A_standstill_is_not_caught_up_with()
    {
        await using SteadyRateLimiter limiter = new(perSecond: 10, burst: 1, _time);
        Task[] acquiring = [.. Acquire(limiter, 10)];
        await _time.UntilTimersAsync(1);

        _time.Advance(TimeSpan.FromSeconds(10));

        await acquiring[1];
        await _time.UntilTimersAsync(1);
        Assert.All(acquiring[2..], task => Assert.False(task.IsCompleted));
    }

    [Theory]
    [InlineData(1)] // the first in line, who waits for the clock
    [InlineData(2)] // one behind him
    public async Task Those_behind_one_who_gives_up_move_up(int who)
    {
        await using SteadyRateLimiter limiter = new(perSecond: 10, burst: 1, _time);
        using CancellationTokenSource cancel = new();
        Task[] acquiring = [.. Enumerable.Range(0, 4).Select(i => limiter.AcquireAsync(1, i == who ? cancel.Token : default).AsTask())];
        await _time.UntilTimersAsync(1);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => acquiring[who]);

        foreach (int next in Enumerable.Range(1, 3).Where(i => i != who))
        {
            await _time.UntilTimersAsync(1);
            _time.Advance(Interval);
            await acquiring[next];
        }

        Assert.Equal(0, limiter.GetStatistics()!.CurrentQueuedCount);
    }

    [Fact]
    public async Task Who_gives_up_alone_leaves_his_permit_and_no_timer()
    {
        await using SteadyRateLimiter limiter = new(perSecond: 10, burst: 1, _time);
        using CancellationTokenSource cancel = new();
        Assert.Equal(1, Drain(limiter));
        Task acquiring = limiter.AcquireAsync(1, cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => acquiring);
        Assert.Equal(0, _time.Timers);
        _time.Advance(Interval);
        Assert.Equal(1, Drain(limiter));
    }

    [Fact]
    public async Task Nobody_overtakes_who_waits()
    {
        await using SteadyRateLimiter limiter = new(perSecond: 10, burst: 5, _time);
        Assert.Equal(5, Drain(limiter));
        Task many = limiter.AcquireAsync(3, default).AsTask();
        Task one = limiter.AcquireAsync(1, default).AsTask();

        await _time.UntilTimersAsync(1);
        _time.Advance(2 * Interval);
        Assert.False(limiter.AttemptAcquire().IsAcquired);
        Assert.False(one.IsCompleted);

        _time.Advance(Interval);
        await many;
        await _time.UntilTimersAsync(1);
        _time.Advance(Interval);
        await one;
    }

    [Fact]
    public async Task Blocked_threads_stand_in_the_same_line()
    {
        await using SteadyRateLimiter limiter = new(perSecond: 10, burst: 1, _time);
        Assert.Equal(1, Drain(limiter));
        Assert.False(limiter.TryAcquireOrQueue(1));
        Task blocked = OwnThread.RunAsync(() => Blocking.Complete(limiter.WaitAsync(1, async: false, default)));
        await _time.UntilTimersAsync(1);
        Task awaited = limiter.AcquireAsync(1, default).AsTask();

        _time.Advance(Interval);
        await blocked;
        Assert.False(awaited.IsCompleted);

        await _time.UntilTimersAsync(1);
        _time.Advance(Interval);
        await awaited;
    }

    [Fact]
    public async Task A_refusal_says_when_to_come_again()
    {
        await using SteadyRateLimiter limiter = new(perSecond: 10, burst: 2, _time);
        Assert.Equal(2, Drain(limiter));

        using RateLimitLease refused = limiter.AttemptAcquire(2);

        Assert.False(refused.IsAcquired);
        Assert.True(refused.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait));
        Assert.Equal(2 * Interval, wait);
        Assert.Equal([MetadataName.RetryAfter.Name], refused.MetadataNames);
        _time.Advance(wait);
        Assert.True(limiter.AttemptAcquire(2).IsAcquired);
    }

    [Fact]
    public async Task It_counts_what_it_does()
    {
        await using SteadyRateLimiter limiter = new(perSecond: 10, burst: 2, _time);
        _time.Advance(Interval);
        Assert.Equal(Interval, limiter.IdleDuration);

        Assert.Equal(2, Drain(limiter));
        Task waiting = limiter.AcquireAsync(1, default).AsTask();

        Assert.Null(limiter.IdleDuration);
        RateLimiterStatistics statistics = limiter.GetStatistics()!;
        Assert.Equal((0, 1, 2, 1), (statistics.CurrentAvailablePermits, statistics.CurrentQueuedCount, statistics.TotalSuccessfulLeases, statistics.TotalFailedLeases));

        _time.Advance(Interval);
        await waiting;
        _time.Advance(3 * Interval);
        Assert.Equal(Interval, limiter.IdleDuration);
        Assert.Equal(2, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public async Task More_than_the_burst_can_never_be_had_at_once()
    {
        await using SteadyRateLimiter limiter = new(perSecond: 10, burst: 2, _time);
        Assert.Throws<ArgumentOutOfRangeException>(() => limiter.AttemptAcquire(3));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => limiter.AcquireAsync(3).AsTask());
    }

    [Fact]
    public async Task A_rate_without_end_lets_everything_through()
    {
        await using SteadyRateLimiter limiter = new(double.PositiveInfinity, burst: 1, _time);
        for (int i = 0; i < 1000; i++) Assert.True(limiter.AttemptAcquire().IsAcquired);
        Assert.Equal(1, limiter.GetStatistics()!.CurrentAvailablePermits);
    }

    [Fact]
    public async Task A_rate_next_to_nothing_lets_wait_next_to_forever()
    {
        await using SteadyRateLimiter limiter = new(double.Epsilon, burst: 1, _time);
        Assert.Equal(1, Drain(limiter));
        using RateLimitLease refused = limiter.AttemptAcquire();
        Assert.True(refused.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait));
        Assert.Equal(TimeSpan.MaxValue, wait);
    }

    [Fact]
    public async Task A_permit_that_is_there_costs_no_byte()
    {
        await using SteadyRateLimiter limiter = new(perSecond: 1e9, burst: int.MaxValue, TimeProvider.System);
        Rounds();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Rounds();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Rounds()
        {
            for (int i = 0; i < 200; i++)
                Blocking.Complete(limiter.AcquireAsync(1, default)).Dispose();
        }
    }

    [Fact]
    public async Task The_rate_is_reached_by_the_clock_of_the_system()
    {
        const int Count = 200;
        await using SteadyRateLimiter limiter = new(perSecond: 1000, burst: 1, TimeProvider.System);
        long started = TimeProvider.System.GetTimestamp();

        await Task.WhenAll(Acquire(limiter, Count));

        // 0.2 s as it should be; with a whole tick of the timer for each of them it would be more, on a busy machine too.
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, (Count / 1000.0) - 0.03, 10);
    }

    private static Task[] Acquire(SteadyRateLimiter limiter, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => limiter.AcquireAsync(1, default).AsTask())];

    // How many permits there are.
    private static int Drain(SteadyRateLimiter limiter)
    {
        int count = 0;
        while (limiter.AttemptAcquire().IsAcquired) count++;
        return count;
    }
}
