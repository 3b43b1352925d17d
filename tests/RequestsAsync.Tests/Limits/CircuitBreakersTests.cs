namespace RequestsAsync.Tests;

public sealed class CircuitBreakersTests
{
    private const string A = "https://a.test";
    private const string B = "https://b.test";

    private static readonly CircuitBreaker Options = new()
    {
        FailureRatio = 0.5,
        MinimumThroughput = 4,
        Window = TimeSpan.FromSeconds(10),
        BreakFor = TimeSpan.FromSeconds(15),
    };

    private readonly ManualTime _time = new();
    private readonly CircuitBreakers _circuits;

    public CircuitBreakersTests() => _circuits = new(Options, _time);

    [Theory]
    [InlineData("xxxx", true)]
    [InlineData("....xxxx", true)] // half of them
    [InlineData("...x.xx", false)] // one less
    [InlineData("xxx", false)] // too few to mean anything
    [InlineData("xxx?????", false)] // those say nothing
    [InlineData("xxx.", false)] // the fourth is a success: nothing has just failed
    [InlineData("xxx.x", true)]
    [InlineData("", false)]
    public void It_opens_when_enough_of_enough_requests_have_failed(string outcomes, bool opens)
    {
        foreach (char outcome in outcomes) Send(A, outcome);

        Assert.Equal(opens, IsOpen(A));
        Assert.False(IsOpen(B));
    }

    [Theory]
    [InlineData(0.1, "xxx", 27)] // as a product, 0.1 × 30 is a little more than 3
    [InlineData(0.3, "xxx", 7)]
    [InlineData(1, "x", 0)]
    public void The_ratio_is_exact(double ratio, string failures, int successes)
    {
        CircuitBreakers circuits = new(Options with { FailureRatio = ratio, MinimumThroughput = failures.Length + successes }, _time);
        for (int i = 0; i < successes; i++) circuits.Report(circuits.Enter(A), CircuitOutcome.Success);
        foreach (char _ in failures) circuits.Report(circuits.Enter(A), CircuitOutcome.Failure);

        Assert.Throws<CircuitOpenException>(() => circuits.Enter(A));
    }

    [Fact]
    public void What_is_older_than_the_window_does_not_count()
    {
        Send(A, "xxx");
        _time.Advance(Options.Window);
        Send(A, "x");
        Assert.False(IsOpen(A));

        _time.Advance(Options.Window / 2);
        Send(A, "xxx");
        Assert.True(IsOpen(A));
    }

    [Fact]
    public void The_exception_says_who_and_how_bad_and_when()
    {
        Send(A, "..xx");
        _time.Advance(TimeSpan.FromSeconds(0.75));

        CircuitOpenException e = Assert.Throws<CircuitOpenException>(() => _circuits.Enter(A));

        Assert.Equal(TimeSpan.FromSeconds(14.25), e.RetryAfter);
        Assert.Equal("https://a.test is left alone: 2 of the last 4 requests to it failed. It is tried again in 14.25 s.", e.Message);
        Assert.Equal(e.Message, Assert.Throws<CircuitOpenException>(() => _circuits.ThrowIfOpen(A)).Message);
    }

    [Fact]
    public void After_the_break_a_single_request_tries_and_its_success_closes()
    {
        Open(A);
        _time.Advance(Options.BreakFor - TimeSpan.FromTicks(1));
        Assert.True(IsOpen(A));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(IsOpen(A));

        CircuitPass probe = _circuits.Enter(A);
        Assert.Throws<CircuitOpenException>(() => _circuits.Enter(A));
        _circuits.Report(probe, CircuitOutcome.Success);

        Send(A, "xxx"); // counted from the beginning
        Assert.False(IsOpen(A));
    }

    [Fact]
    public void A_probe_that_fails_opens_for_another_break()
    {
        Open(A);
        _time.Advance(Options.BreakFor);
        CircuitPass probe = _circuits.Enter(A);
        _time.Advance(TimeSpan.FromSeconds(5));

        _circuits.Report(probe, CircuitOutcome.Failure);

        Assert.Equal(Options.BreakFor, Assert.Throws<CircuitOpenException>(() => _circuits.Enter(A)).RetryAfter);
        _time.Advance(Options.BreakFor);
        Send(A, '.');
        Assert.False(IsOpen(A));
    }

    [Fact]
    public void A_probe_that_was_cancelled_gives_its_right_back()
    {
        Open(A);
        _time.Advance(Options.BreakFor);

        Send(A, '?');

        CircuitPass next = _circuits.Enter(A);
        Assert.True(IsOpen(A));
        _circuits.Report(next, CircuitOutcome.Success);
        Assert.False(IsOpen(A));
    }

    [Fact]
    public void After_a_probe_of_which_nothing_is_heard_comes_another()
    {
        Open(A);
        _time.Advance(Options.BreakFor);
        CircuitPass lost = _circuits.Enter(A);
        _time.Advance(Options.BreakFor);
        CircuitPass next = _circuits.Enter(A);

        _circuits.Report(lost, CircuitOutcome.Neither);
        Assert.True(IsOpen(A)); // the right is the other's now

        _circuits.Report(next, CircuitOutcome.Success);
        Assert.False(IsOpen(A));
    }

    [Fact]
    public void A_host_that_is_slower_than_a_break_is_not_shut_off_for_good()
    {
        Open(A);
        _time.Advance(Options.BreakFor);
        CircuitPass slow = _circuits.Enter(A);
        _time.Advance(Options.BreakFor);
        CircuitPass next = _circuits.Enter(A);

        _circuits.Report(slow, CircuitOutcome.Success);
        Assert.False(IsOpen(A));

        Send(A, "xxx");
        _circuits.Report(next, CircuitOutcome.Failure); // of a time that is over
        Assert.False(IsOpen(A));
    }

    [Theory]
    [InlineData('.')]
    [InlineData('x')]
    [InlineData('?')]
    public void Those_sent_before_it_opened_neither_close_it_nor_take_the_probe_s_place(char late)
    {
        CircuitPass early = _circuits.Enter(A);
        CircuitPass earlyToo = _circuits.Enter(A);
        Open(A);
        _circuits.Report(early, OutcomeOf(late));
        Assert.Equal(Options.BreakFor, Assert.Throws<CircuitOpenException>(() => _circuits.Enter(A)).RetryAfter);

        _time.Advance(Options.BreakFor);
        CircuitPass probe = _circuits.Enter(A);
        _circuits.Report(earlyToo, OutcomeOf(late));
        Assert.True(IsOpen(A));

        _circuits.Report(probe, CircuitOutcome.Success);
        Assert.False(IsOpen(A));
    }

    [Fact]
    public void Hosts_without_traffic_are_forgotten_and_open_ones_are_not()
    {
        Open(A);
        CircuitPass pending = _circuits.Enter(B);
        for (int round = 0; round < 14; round++)
        {
            for (int i = 0; i < 1000; i++) Send($"https://h{round}-{i}.test", '.');
            if (round < 3) Assert.True(IsOpen(A));
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.InRange(_circuits.Hosts, 1001, 8000);

        // Whose request is under way is remembered however long it takes.
        Send(B, "xxx");
        _circuits.Report(pending, CircuitOutcome.Failure);
        Assert.True(IsOpen(B));
    }

    [Fact]
    public void A_request_costs_no_byte()
    {
        CircuitBreakers circuits = new(new(), TimeProvider.System);
        Rounds();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Rounds();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Rounds()
        {
            for (int i = 0; i < 200; i++)
            {
                circuits.ThrowIfOpen(A);
                circuits.Report(circuits.Enter(A), CircuitOutcome.Success);
            }
        }
    }

    [Fact]
    public void However_many_come_after_a_break_one_gets_through()
    {
        for (int round = 0; round < 50; round++)
        {
            Open(A);
            _time.Advance(Options.BreakFor);
            CircuitPass probe = default;
            int passes = 0;

            Parallel.For(0, 32, new() { MaxDegreeOfParallelism = 8 }, _ =>
            {
                if (!TryEnter(A, out CircuitPass pass)) return;
                Interlocked.Increment(ref passes);
                probe = pass;
            });

            Assert.Equal(1, passes);
            _circuits.Report(probe, CircuitOutcome.Success);
        }
    }

    [Fact]
    public void It_counts_right_under_load()
    {
        CircuitBreakers circuits = new(Options with { FailureRatio = 1, MinimumThroughput = 20_000 }, _time);
        Parallel.For(0, 19_999, new() { MaxDegreeOfParallelism = 8 }, _ => circuits.Report(circuits.Enter(A), CircuitOutcome.Failure));

        circuits.ThrowIfOpen(A);
        circuits.Report(circuits.Enter(A), CircuitOutcome.Failure);
        Assert.Throws<CircuitOpenException>(() => circuits.ThrowIfOpen(A));
    }

    private void Open(string origin) => Send(origin, "xxxx");

    private void Send(string origin, string outcomes)
    {
        foreach (char outcome in outcomes) Send(origin, outcome);
    }

    private void Send(string origin, char outcome) => _circuits.Report(_circuits.Enter(origin), OutcomeOf(outcome));

    private static CircuitOutcome OutcomeOf(char letter) => letter switch
    {
        '.' => CircuitOutcome.Success,
        'x' => CircuitOutcome.Failure,
        _ => CircuitOutcome.Neither,
    };

    private bool IsOpen(string origin)
    {
        try
        {
            _circuits.ThrowIfOpen(origin);
            return false;
        }
        catch (CircuitOpenException)
        {
            return true;
        }
    }

    private bool TryEnter(string origin, out CircuitPass pass)
    {
        try
        {
            pass = _circuits.Enter(origin);
            return true;
        }
        catch (CircuitOpenException)
        {
            pass = default;
            return false;
        }
    }
}
