namespace RequestsAsync.Tests;

public sealed class RetryTests
{
    [Fact]
    public void The_default_is_three_attempts_of_what_passes()
    {
        Retry retry = Retry.Default;
        retry.Check();
        Assert.Equal(3, retry.Attempts);
        Assert.Equal(TimeSpan.FromSeconds(0.5), retry.Delay);
        Assert.Equal(TimeSpan.FromSeconds(30), retry.MaxDelay);
        Assert.Equal(TimeSpan.FromMinutes(2), retry.MaxRetryAfter);
        Assert.Equal([408, 429, 500, 502, 503, 504], retry.Statuses.Order());
        Assert.Equal(["DELETE", "GET", "HEAD", "OPTIONS", "PUT", "QUERY", "TRACE"], retry.Methods.Order(StringComparer.Ordinal));
        Assert.Equal(0.2, retry.Budget);
        Assert.Null(retry.When);
        Assert.Equal(retry, new Retry());
    }

    [Fact]
    public void None_is_one_attempt()
    {
        Retry.None.Check();
        Assert.Equal(1, Retry.None.Attempts);
    }

    [Fact]
    public void With_changes_what_it_names()
    {
        Retry retry = Retry.Default with { Attempts = 4, Statuses = [429], Methods = ["get", "post"] };
        retry.Check();
        Assert.Equal(4, retry.Attempts);
        Assert.Equal([429], retry.Statuses);
        Assert.True(retry.Covers(HttpMethod.Post));
        Assert.False(retry.Covers(HttpMethod.Put));
        Assert.False(retry.Covers(503));
        Assert.Equal(Retry.Default.Delay, retry.Delay);
        Assert.Equal(6, Retry.Default.Statuses.Count);
    }

    [Fact]
    public void Collections_are_copied()
    {
        List<int> statuses = [503];
        List<string> methods = ["GET"];
        Retry retry = new() { Statuses = statuses, Methods = methods };
        statuses.Add(404);
        methods.Add("POST");
        Assert.Equal([503], retry.Statuses);
        Assert.Equal(["GET"], retry.Methods);
    }

    public static TheoryData<string, Retry> Nonsense => new()
    {
        { "Attempts", new() { Attempts = 0 } },
        { "Attempts", new() { Attempts = -1 } },
        { "Delay", new() { Delay = TimeSpan.FromTicks(-1) } },
        { "Delay", new() { Delay = Timeouts.Infinite } },
        { "MaxDelay", new() { MaxDelay = TimeSpan.FromDays(11) } },
        { "MaxRetryAfter", new() { MaxRetryAfter = TimeSpan.MaxValue } },
        { "Budget", new() { Budget = -0.1 } },
        { "Budget", new() { Budget = double.NaN } },
        { "Statuses", new() { Statuses = [503, 5030] } },
        { "method", new() { Methods = ["GET", "NO SUCH"] } },
        { "CONNECT", new() { Methods = ["CONNECT"] } },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Nonsense_is_refused_by_name(string name, Retry retry) =>
        Assert.Contains(name, Assert.Throws<InvalidRequestException>(retry.Check).Message, StringComparison.Ordinal);

    [Fact]
    public void The_ends_of_the_ranges_are_allowed() => new Retry
    {
        Attempts = 1,
        Delay = TimeSpan.Zero,
        MaxDelay = TimeSpan.FromDays(10),
        MaxRetryAfter = TimeSpan.Zero,
        Statuses = [],
        Methods = [],
        Budget = double.PositiveInfinity,
    }.Check();
}
