using System.Threading.RateLimiting;

namespace RequestsAsync.Tests;

public sealed class RateGateTests
{
    private static readonly Url A = Url.Parse("http://a.test/one");
    private static readonly Url B = Url.Parse("http://b.test/");

    private readonly WatchedTime _time = new();

    public static TheoryData<bool> AwaitedAndBlocking => Calls.AwaitedAndBlocking;

    [Fact]
    public async Task One_rate_for_all_hosts()
    {
        RateGate gate = new(10, _time);
        await gate.EnterAsync(A, async: true, default);

        Task second = gate.EnterAsync(B, async: true, default).AsTask();

        await _time.UntilTimersAsync(1);
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await second;
        Assert.Equal(1, gate.Limiters);
    }

    [Fact]
    public async Task A_rate_for_each_scheme_name_and_port()
    {
        RateGate gate = new(new(10) { PerHost = true }, _time);
        foreach (string url in (string[])["http://a.test/", "https://a.test/", "http://a.test:8080/", "http://b.test/"])
            Blocking.Complete(gate.EnterAsync(Url.Parse(url), async: true, default));

        Task again = gate.EnterAsync(Url.Parse("http://user@A.test:80/other?q"), async: true, default).AsTask();

        Assert.False(again.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await again;
    }

    [Fact]
    public async Task Idle_hosts_are_forgotten_and_those_with_a_line_are_not()
    {
        RateGate gate = new(new(10) { PerHost = true }, _time);
        using CancellationTokenSource cancel = new();
        Task[] inLine = [.. Enumerable.Range(0, 100).Select(_ => gate.EnterAsync(A, async: true, cancel.Token).AsTask())];

        for (int round = 0; round < 20; round++)
        {
            for (int i = 0; i < 1000; i++) await gate.EnterAsync(Url.Parse($"http://h{round}-{i}.test/"), async: true, default);
            _time.Advance(TimeSpan.FromSeconds(1)); // a permit more for all of them
        }

        Assert.InRange(gate.Limiters, 1001, 3000);
        Task last = gate.EnterAsync(A, async: true, cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => last);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(inLine));
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task An_own_limiter_decides_and_its_lease_lasts(bool awaited)
    {
        await using ConcurrencyLimiter own = new(new() { PermitLimit = 1, QueueLimit = 1 });
        RateGate gate = new(RateLimit.From(own), _time);
        RateLimitLease first = await EnterAsync(gate, A, awaited);

        Task<RateLimitLease> second = EnterAsync(gate, B, awaited);
        await Eventually.TrueAsync(() => own.GetStatistics()!.CurrentQueuedCount == 1);
        Assert.False(second.IsCompleted);
        first.Dispose();

        (await second).Dispose();
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task An_own_limiter_may_tell_urls_apart(bool awaited)
    {
        await using PartitionedRateLimiter<Url> own = PartitionedRateLimiter.Create<Url, string>(
            url => RateLimitPartition.GetConcurrencyLimiter(url.Path, _ => new() { PermitLimit = 1 }));
        RateGate gate = new(RateLimit.From(own), _time);

        using RateLimitLease first = await EnterAsync(gate, A, awaited);
        using RateLimitLease other = await EnterAsync(gate, B, awaited);

        await Assert.ThrowsAsync<RateLimitException>(() => EnterAsync(gate, A, awaited));
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task A_refusal_is_an_exception_that_says_when_to_come_again(bool awaited)
    {
        await using TokenBucketRateLimiter own = new(new() { TokenLimit = 1, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromMinutes(1), AutoReplenishment = false });
        RateGate gate = new(RateLimit.From(own), _time);
        await EnterAsync(gate, A, awaited);

        RateLimitException e = await Assert.ThrowsAsync<RateLimitException>(() => EnterAsync(gate, A, awaited));

        Assert.Equal(TimeSpan.FromMinutes(1), e.RetryAfter);
        Assert.Contains("try again in 60 s", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_may_say_nothing()
    {
        await using ConcurrencyLimiter own = new(new() { PermitLimit = 1 });
        RateGate gate = new(RateLimit.From(own), _time);
        await EnterAsync(gate, A, awaited: true);

        Assert.Null((await Assert.ThrowsAsync<RateLimitException>(() => EnterAsync(gate, A, awaited: true))).RetryAfter);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task What_an_own_limiter_throws_is_its_owner_s(bool awaited)
    {
        ConcurrencyLimiter own = new(new() { PermitLimit = 1 });
        await own.DisposeAsync();
        RateGate gate = new(RateLimit.From(own), _time);

        CallerException e = await Assert.ThrowsAsync<CallerException>(() => EnterAsync(gate, A, awaited));

        Assert.IsType<ObjectDisposedException>(e.InnerException);
    }

    [Theory]
    [MemberData(nameof(AwaitedAndBlocking))]
    public async Task Cancelling_ends_the_wait_for_an_own_limiter(bool awaited)
    {
        await using ConcurrencyLimiter own = new(new() { PermitLimit = 1, QueueLimit = 1 });
        RateGate gate = new(RateLimit.From(own), _time);
        using RateLimitLease first = await EnterAsync(gate, A, awaited);
        using CancellationTokenSource cancel = new();
        Task<RateLimitLease> second = EnterAsync(gate, A, awaited, cancel.Token);
        await Eventually.TrueAsync(() => own.GetStatistics()!.CurrentQueuedCount == 1);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public async Task A_blocked_thread_with_a_context_of_its_own_does_not_wait_for_itself()
    {
        await using ConcurrencyLimiter own = new(new() { PermitLimit = 1, QueueLimit = 1 });
        RateGate gate = new(RateLimit.From(own), _time);
        RateLimitLease first = await EnterAsync(gate, A, awaited: true);
        Task blocked = OwnThread.RunAsync(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new DeafContext());
            Blocking.Complete(gate.EnterAsync(A, async: false, default)).Dispose();
        });
        await Eventually.TrueAsync(() => own.GetStatistics()!.CurrentQueuedCount == 1);

        first.Dispose();

        await blocked;
    }

    [Fact]
    public void A_permit_that_is_there_costs_no_byte()
    {
        RateGate gate = new(new(1e9) { Burst = int.MaxValue }, TimeProvider.System);
        Rounds();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Rounds();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Rounds()
        {
            for (int i = 0; i < 200; i++)
                Blocking.Complete(gate.EnterAsync(A, async: false, default)).Dispose();
        }
    }

    private static Task<RateLimitLease> EnterAsync(RateGate gate, Url url, bool awaited, CancellationToken cancellationToken = default) =>
        awaited
            ? gate.EnterAsync(url, async: true, cancellationToken).AsTask()
            : OwnThread.RunAsync(() => Blocking.Complete(gate.EnterAsync(url, async: false, cancellationToken)));

    /// <summary>Like that of a window whose thread is blocked: what is posted to it never runs.</summary>
    private sealed class DeafContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
