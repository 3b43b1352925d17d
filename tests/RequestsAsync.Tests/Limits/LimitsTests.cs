using System.Threading.RateLimiting;

namespace RequestsAsync.Tests;

public sealed class LimitsTests
{
    public static TheoryData<Limits, string> Wrong => new()
    {
        { new() { MaxConnections = 0 }, "MaxConnections is 0: " },
        { new() { MaxConnectionsPerHost = -1 }, "MaxConnectionsPerHost is -1: " },
        { new() { RateLimit = 0 }, "The rate limit is 0 per second: " },
        { new() { RateLimit = -2.5 }, "The rate limit is -2.5 per second: " },
        { new() { RateLimit = double.NaN }, "The rate limit is NaN per second: " },
        { new() { RateLimit = new(10) { Burst = 0 } }, "The Burst of a rate limit is 0: " },
        { new() { RateLimit = RateLimit.From(Limiter) with { PerHost = true } }, "PartitionedRateLimiter<Url>" },
        { new() { RateLimit = RateLimit.From(Limiter) with { PerSecond = 1 } }, "PerSecond, Burst and PerHost mean nothing" },
        { new() { CircuitBreaker = new() { FailureRatio = 0 } }, "The FailureRatio of the circuit breaker is 0: " },
        { new() { CircuitBreaker = new() { FailureRatio = 1.5 } }, "The FailureRatio of the circuit breaker is 1.5: " },
        { new() { CircuitBreaker = new() { FailureRatio = double.NaN } }, "The FailureRatio of the circuit breaker is NaN: " },
        { new() { CircuitBreaker = new() { MinimumThroughput = 0 } }, "The MinimumThroughput of the circuit breaker is 0: " },
        { new() { CircuitBreaker = new() { Window = TimeSpan.Zero } }, "The Window of the circuit breaker is 00:00:00: " },
        { new() { CircuitBreaker = new() { BreakFor = TimeSpan.FromDays(366) } }, "at most 365 days" },
    };

    public static TheoryData<Limits> Right => new()
    {
        new Limits(),
        new Limits { MaxConnections = int.MaxValue, MaxConnectionsPerHost = 1, RateLimit = 10, CircuitBreaker = new() },
        new Limits { RateLimit = RateLimit.From(Limiter) },
        new Limits { RateLimit = double.PositiveInfinity, CircuitBreaker = new() { FailureRatio = 1, MinimumThroughput = 1 } },
    };

    private static RateLimiter Limiter => new ConcurrencyLimiter(new() { PermitLimit = 1 });

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_out_of_range_is_refused_with_the_reason(Limits limits, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidRequestException>(limits.Check).Message, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Right))]
    public void What_is_in_range_is_taken(Limits limits) => limits.Check();

    [Fact]
    public void A_rate_reads_as_one_says_it()
    {
        Limits limits = new() { RateLimit = 10 };

        Assert.Equal(new RateLimit(10), limits.RateLimit);
        Assert.Equal(new RateLimit(0.5), RateLimit.Per(30, TimeSpan.FromMinutes(1)));
        Assert.Equal(new RateLimit(2) { Burst = 20, PerHost = true }, RateLimit.Per(7200, TimeSpan.FromHours(1)) with { Burst = 20, PerHost = true });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_period_is_longer_than_zero(int seconds) =>
        Assert.Throws<InvalidRequestException>(() => RateLimit.Per(10, TimeSpan.FromSeconds(seconds)));
}
