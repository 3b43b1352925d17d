using System.Threading.RateLimiting;
using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class SteadyRateLimiterPropertyTests
{
    private static readonly Arbitrary<(double PerSecond, int Burst, List<int> Milliseconds)> Arrivals = (
        from perSecond in Gen.Elements(0.3, 1, 3, 7, 10, 64, 1000)
        from burst in Gen.Choose(1, 6)
        from gaps in Gen.Frequency((3, Gen.Constant(0)), (3, Gen.Choose(1, 50)), (1, Gen.Choose(50, 5000))).ListOf()
        select (perSecond, burst, gaps.ToList())).ToArbitrary();

    [Fact]
    public void No_stretch_of_time_sees_more_than_the_burst_and_its_share_of_the_rate() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arrivals, arrivals =>
    {
        ManualTime time = new();
        using SteadyRateLimiter limiter = new(arrivals.PerSecond, arrivals.Burst, time);
        long start = time.GetTimestamp();
        List<double> granted = [];
        foreach (int gap in arrivals.Milliseconds)
        {
            time.Advance(TimeSpan.FromMilliseconds(gap));
            if (limiter.AttemptAcquire().IsAcquired) granted.Add(time.GetElapsedTime(start).TotalSeconds);
        }

        for (int from = 0; from < granted.Count; from++)
        {
            for (int to = from; to < granted.Count; to++)
            {
                if (to - from + 1 > arrivals.Burst + ((granted[to] - granted[from]) * arrivals.PerSecond) + 0.001) return false;
            }
        }

        return true;
    }));

    [Fact]
    public void Who_is_refused_gets_a_permit_at_the_very_time_he_was_told() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Arrivals, arrivals =>
    {
        ManualTime time = new();
        using SteadyRateLimiter limiter = new(arrivals.PerSecond, arrivals.Burst, time);
        foreach (int gap in arrivals.Milliseconds)
        {
            time.Advance(TimeSpan.FromMilliseconds(gap));
            if (limiter.AttemptAcquire() is not { IsAcquired: false } refused) continue;

            refused.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait);
            time.Advance(wait - TimeSpan.FromTicks(1));
            if (limiter.AttemptAcquire().IsAcquired) return false;
            time.Advance(TimeSpan.FromTicks(1));
            if (!limiter.AttemptAcquire().IsAcquired) return false;
        }

        return true;
    }));

    /// <summary>Some wait, some of them give up, and the clock goes on by what one permit takes: each time the first who is left gets one.</summary>
    [Fact]
    public Task The_line_moves_on_by_one_with_each_interval() => OwnThread.RunAsync(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(
        Gen.Choose(0, 2).SelectMany(kind => Gen.Choose(0, 1000).Select(choice => (kind, choice))).ListOf().Select(steps => steps.ToList()).ToArbitrary(),
        steps =>
        {
            WatchedTime time = new();
            using SteadyRateLimiter limiter = new(perSecond: 10, burst: 1, time);
            limiter.AttemptAcquire().Dispose();
            List<(Task Acquiring, CancellationTokenSource Cancellation)> waiting = [];
            foreach ((int kind, int choice) in steps)
            {
                switch (kind)
                {
                    case 0 when waiting.Count > 0:
                        (Task Acquiring, CancellationTokenSource Cancellation) givingUp = waiting[choice % waiting.Count];
                        waiting.Remove(givingUp);
                        givingUp.Cancellation.Cancel();
                        if (!Until(() => givingUp.Acquiring.IsCanceled)) return false;
                        break;
                    case 1 when waiting.Count > 0:
                        if (!Until(() => time.Timers == 1)) return false;
                        time.Advance(TimeSpan.FromMilliseconds(100));
                        Task first = waiting[0].Acquiring;
                        waiting.RemoveAt(0);
                        if (!Until(() => first.IsCompletedSuccessfully)) return false;
                        break;
                    default:
                        CancellationTokenSource cancellation = new();
                        waiting.Add((limiter.AcquireAsync(1, cancellation.Token).AsTask(), cancellation));
                        break;
                }

                if (waiting.Exists(waiter => waiter.Acquiring.IsCompleted)) return false;
                if (limiter.GetStatistics()!.CurrentQueuedCount != waiting.Count) return false;
            }

            return Until(() => time.Timers == Math.Min(1, waiting.Count));
        })));

    private static bool Until(Func<bool> condition) => SpinWait.SpinUntil(condition, 10_000);
}
