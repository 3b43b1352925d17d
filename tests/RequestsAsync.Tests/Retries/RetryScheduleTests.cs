using System.Net;

namespace RequestsAsync.Tests;

public sealed class RetryScheduleTests
{
    private static readonly ConnectException Refused = new("refused") { Attempts = 1 };
    private static readonly ConnectionLostException Lost = new("lost") { Attempts = 1 };

    private readonly ManualTime _time = new();
    private readonly RetryBudget _budget = new();

    [Fact]
    public void Attempts_are_counted_and_waits_grow()
    {
        RetrySchedule schedule = Start(Retry.Default with { Attempts = 4 });
        Assert.Equal(0.25, Seconds(schedule.Next(Get(), Refused)));
        Assert.Equal(0.5, Seconds(schedule.Next(Get(), Answer(503))));
        Assert.Null(schedule.Obstacle);
        Assert.Equal(1, Seconds(schedule.Next(Get(), Lost)));
        Assert.Null(schedule.Next(Get(), Answer(503)));
        Assert.Contains("Retry.Attempts allows no more than 4", schedule.Obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void One_attempt_is_one()
    {
        RetrySchedule schedule = Start(Retry.None with { When = _ => throw new InvalidOperationException("nobody may ask") });
        Assert.Null(schedule.Next(Get(), Refused));
    }

    [Fact]
    public void A_good_answer_stands_without_a_word()
    {
        RetrySchedule schedule = Start(Retry.Default);
        Assert.Null(schedule.Next(Get(), Answer(200)));
        Assert.Null(schedule.Obstacle);
    }

    [Fact]
    public void A_method_that_may_not_be_carried_out_twice_is_named()
    {
        RetrySchedule schedule = Start(Retry.Default);
        Assert.Null(schedule.Next(Get() with { Method = HttpMethod.Patch }, Lost));
        Assert.Contains("PATCH", schedule.Obstacle, StringComparison.Ordinal);
        Assert.NotNull(schedule.Next(Get() with { Method = HttpMethod.Patch }, Refused));
        Assert.Null(schedule.Obstacle);
    }

    [Fact]
    public void What_the_server_asks_is_heeded()
    {
        RetrySchedule schedule = Start(Retry.Default with { Attempts = 9 });
        Assert.Equal(5.25, Seconds(schedule.Next(Get(), Answer(429, "Retry-After", "5"))));
        Assert.Equal(60.5, Seconds(schedule.Next(Get(), Answer(503, "Retry-After", HttpDate.Format(_time.Now.AddMinutes(1))))));
        Assert.Equal(121, Seconds(schedule.Next(Get(), Answer(503, "RateLimit", "\"daily\";r=0;t=50000"))));
    }

    [Fact]
    public async Task Content_that_can_be_read_only_once_is_sent_again_only_if_it_was_not_begun()
    {
        PreparedRequest request = Get() with { Method = HttpMethod.Put, Body = Body.FromAsyncStream(Pieces()) };
        RetrySchedule schedule = Start(Retry.Default with { When = _ => true });
        Assert.NotNull(schedule.Next(request, Refused));

        await request.Body!.WriteToAsync(Stream.Null, CancellationToken.None);
        Assert.Null(schedule.Next(request, Refused));
        Assert.Contains("only once", schedule.Obstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void The_callers_yes_goes_beyond_the_rule_and_not_beyond_the_attempts()
    {
        RetrySchedule schedule = Start(Retry.Default with { When = info => info.Response?.StatusCode == 404 ? true : null });
        PreparedRequest post = Get() with { Method = HttpMethod.Post };
        Assert.NotNull(schedule.Next(post, Answer(404)));
        Assert.NotNull(schedule.Next(post, Answer(404)));
        Assert.Null(schedule.Next(post, Answer(404)));
    }

    [Fact]
    public void The_callers_no_ends_it_without_a_word()
    {
        RetrySchedule schedule = Start(Retry.Default with { When = info => info.Delay < TimeSpan.FromSeconds(10) });
        Assert.NotNull(schedule.Next(Get(), Answer(503, "Retry-After", "9")));
        Assert.Null(schedule.Next(Get(), Answer(503, "Retry-After", "10")));
        Assert.Null(schedule.Obstacle);
    }

    [Fact]
    public void The_caller_sees_what_the_next_sending_would_be()
    {
        List<RetryInfo> seen = [];
        RetrySchedule schedule = Start(Retry.Default with
        {
            When = info =>
            {
                seen.Add(info);
                return null;
            },
        });
        using Response answer = Answer(503);
        schedule.Next(Get(), Lost);
        schedule.Next(Get(), answer);
        schedule.Next(Get(), answer);

        Assert.Equal(
            [new RetryInfo(2, null, Lost) { Delay = TimeSpan.FromSeconds(0.25) }, new RetryInfo(2, answer, null) { Delay = TimeSpan.FromSeconds(0.5) }],
            seen);
    }

    [Fact]
    public void Nobody_is_asked_about_what_is_over()
    {
        RetrySchedule schedule = Start(Retry.Default with { When = _ => true });
        Assert.Null(schedule.Next(Get(), new InvalidRequestException("")));
        Assert.Null(schedule.Next(Get(), new RequestTimeoutException("", TimeoutPhase.Total)));
        Assert.NotNull(schedule.Next(Get(), new RequestTimeoutException("", TimeoutPhase.Pool)));
    }

    [Fact]
    public void What_the_callers_function_throws_is_the_callers()
    {
        InvalidOperationException own = new("own");
        RetrySchedule schedule = Start(Retry.Default with { When = _ => throw own });
        Assert.Same(own, Assert.Throws<CallerException>(() => schedule.Next(Get(), Refused)).InnerException);
    }

    [Fact]
    public void A_storm_of_429_gets_a_fifth_more_and_the_reserve()
    {
        const int Requests = 10_000;
        int repetitions = 0;
        bool isExplained = false;
        using Response refusal = Answer(429);
        for (int i = 0; i < Requests; i++)
        {
            RetrySchedule schedule = Start(Retry.Default with { Attempts = 10 });
            while (schedule.Next(Get(), refusal) is not null)
                repetitions++;
            isExplained |= schedule.Obstacle!.Contains("budget", StringComparison.Ordinal);
        }

        Assert.Equal((Requests / 5) + RetryBudget.Reserve, repetitions);
        Assert.True(isExplained);
    }

    [Fact]
    public void Without_a_budget_every_request_has_all_its_attempts()
    {
        Retry free = Retry.Default with { Budget = double.PositiveInfinity };
        int repetitions = 0;
        for (int i = 0; i < 100; i++)
        {
            RetrySchedule schedule = Start(free);
            while (schedule.Next(Get(), Refused) is not null)
                repetitions++;
        }

        Assert.Equal(200, repetitions);

        // And it neither fills nor empties that of the others.
        for (int i = 0; i < RetryBudget.Reserve; i++)
            Assert.True(_budget.TryWithdraw());
        Assert.False(_budget.TryWithdraw());
    }

    [Fact]
    public async Task What_is_not_repeated_costs_nothing()
    {
        Retry retry = Retry.Default with { Budget = 0 };
        PreparedRequest spent = Get() with { Body = Body.FromAsyncStream(Pieces()) };
        await spent.Body.WriteToAsync(Stream.Null, CancellationToken.None);
        for (int i = 0; i < 100; i++)
        {
            Assert.Null(Start(retry).Next(Get(), Answer(404)));
            Assert.Null(Start(retry).Next(spent, Refused));
            Assert.Null(Start(retry with { When = _ => false }).Next(Get(), Refused));
            Assert.Null(Start(Retry.None with { Budget = 0 }).Next(Get(), Refused));
        }

        Assert.NotNull(Start(retry).Next(Get(), Refused));
    }

    private RetrySchedule Start(Retry retry) => RetrySchedule.Start(retry, _budget, () => 0.5, _time);

    private static double? Seconds(TimeSpan? wait) => wait?.TotalSeconds;

    private static PreparedRequest Get() => new() { Settings = new SessionSettings(new()), Method = HttpMethod.Get, Url = Url.Parse("http://h/"), Headers = [], MaxResponseBytes = 0 };

    private static Response Answer(int status, string? name = null, string? value = null)
    {
        HttpResponseMessage message = new((HttpStatusCode)status);
        if (name is not null) message.Headers.TryAddWithoutValidation(name, value);
        return new Response(Request.Get("http://h/"), Get(), message);
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces()
    {
        await Task.Yield();
        yield return new byte[3];
    }
}
