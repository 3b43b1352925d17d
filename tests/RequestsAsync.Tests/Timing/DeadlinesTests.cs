namespace RequestsAsync.Tests;

public sealed class DeadlinesTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Deadlines _deadlines;
    private readonly PhaseLimits _limits = new(new Timeouts { Read = TimeSpan.FromSeconds(5) }, request: null);

    public DeadlinesTests() => _deadlines = new Deadlines(_time, _stopping.Token);

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public void Each_ends_at_its_own_time_though_they_share_a_clock()
    {
        Deadline[] started = [.. Enumerable.Range(1, 5).Select(i => Start(total: i * Second))];

        for (int passed = 0; passed <= started.Length; passed++)
        {
            Assert.Equal(started.Select((_, i) => i < passed), started.Select(deadline => deadline.IsOver));
            _time.Advance(Second);
        }

        Assert.All(started, deadline => Assert.Equal((TimeoutPhase.Total, EndedBy.Timeout), (deadline.Expired!.Value, deadline.EndedBy)));
    }

    [Fact]
    public void A_phase_that_makes_progress_has_its_whole_time_again()
    {
        Deadline deadline = Start(total: 60 * Second);
        Sending sending = new(deadline, hasBody: false, span: null, _time.GetTimestamp());
        sending.WriteEnds();
        for (int i = 0; i < 5; i++)
        {
            _time.Advance(4 * Second);
            sending.BytesCame();
        }

        Assert.False(deadline.IsOver);
        _time.Advance(5 * Second);

        Assert.True(deadline.IsOver);
        Assert.Equal(TimeoutPhase.Read, deadline.Expired);
    }

    [Fact]
    public void One_that_serves_again_has_nothing_of_the_call_before()
    {
        Deadline first = Start(total: Second);
        first.Stop();
        Deadline second = Start(total: 10 * Second);

        Assert.Same(first, second);
        _time.Advance(9 * Second);
        Assert.False(second.IsOver);
        _time.Advance(Second);
        Assert.True(second.IsOver);
    }

    [Fact]
    public void A_token_that_others_have_seen_is_not_cancelled_for_a_later_call()
    {
        Deadline first = Start(total: Second, keepsToken: false);
        CancellationToken seen = first.Token;
        first.Stop();
        Deadline second = Start(total: Second, keepsToken: false);

        _time.Advance(Second);

        Assert.Same(first, second);
        Assert.True(second.Token.IsCancellationRequested);
        Assert.False(seen.IsCancellationRequested);
    }

    [Fact]
    public void One_that_has_ended_by_itself_does_not_serve_again()
    {
        Deadline first = Start(total: Second);
        _time.Advance(Second);
        first.Stop();

        Assert.NotSame(first, Start(total: Second));
    }

    [Fact]
    public void Another_attempt_has_what_is_left_of_the_total()
    {
        Deadline first = Start(total: 10 * Second);
        _time.Advance(4 * Second);
        Deadline second = first.Renew();

        Assert.Equal(6 * Second, second.Remaining);
        _time.Advance(6 * Second);
        Assert.Equal(TimeoutPhase.Total, second.Expired);
    }

    [Fact]
    public void The_end_of_the_session_ends_all_whatever_one_of_them_throws()
    {
        Deadline[] started = [.. Enumerable.Range(0, 3).Select(_ => Start(total: Second, keepsToken: false))];
        started[1].Token.Register(() => throw new InvalidOperationException("mine"));

        AggregateException e = Assert.Throws<AggregateException>(_stopping.Cancel);

        Assert.Equal("mine", e.Flatten().InnerExceptions.Single().Message);
        Assert.All(started, deadline => Assert.Equal(EndedBy.Session, deadline.EndedBy));
        Assert.True(Start(total: Second).IsOver);
    }

    [Fact]
    public async Task Calls_that_end_as_their_time_does_never_end_the_next()
    {
        Deadlines deadlines = new(TimeProvider.System, _stopping.Token);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                deadlines.Start(_limits, TimeSpan.FromMilliseconds(1), keepsToken: true, TimeProvider.System.GetTimestamp(), CancellationToken.None).Stop();
                Deadline next = deadlines.Start(_limits, TimeSpan.FromMinutes(1), keepsToken: true, TimeProvider.System.GetTimestamp(), CancellationToken.None);
                Assert.False(next.IsOver);
                next.Stop();
            }
        }, TestContext.Current.CancellationToken)));
    }

    private Deadline Start(TimeSpan total, bool keepsToken = true) =>
        _deadlines.Start(_limits, total, keepsToken, _time.GetTimestamp(), CancellationToken.None);
}
