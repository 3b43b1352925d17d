namespace RequestsAsync.SideBySide.Tests;

public sealed class GoalTests
{
    private static readonly RunResults Results = Samples.Results(Samples.Row(Contenders.ThisLibrary, 18, 19, 30), Samples.Row(Contenders.TunedHttpClient, 20, 20, 20));

    [Theory]
    [InlineData(false, 0.95, true)]
    [InlineData(false, 0.94, false)]
    [InlineData(true, 0.95, true)]
    [InlineData(true, 0.96, false)]
    public void The_median_ratio_is_held_to_the_limit(bool isAtLeast, double limit, bool isHeld)
    {
        Goal goal = new("small", 64, Contenders.ThisLibrary, Metric.Cpu, isAtLeast, limit, Contenders.TunedHttpClient);

        GoalOutcome outcome = goal.Judge(Results)!;

        Assert.Equal(0.95, outcome.Reached, 6);
        Assert.Equal(isHeld, outcome.IsHeld);
    }

    [Fact]
    public void A_missed_goal_is_shown_as_missed()
    {
        Goal goal = new("small", 64, Contenders.ThisLibrary, Metric.Cpu, IsAtLeast: false, 0.90, Contenders.TunedHttpClient);

        Assert.Equal("goal: CPU µs of requests ≤ 0.90 × httpclient (small at 64): 0.950 MISSED", goal.Judge(Results)!.ToString());
    }

    [Fact]
    public void Without_somebody_to_compare_to_the_figure_itself_counts()
    {
        Goal goal = new("small", 64, Contenders.ThisLibrary, Metric.Cpu, IsAtLeast: false, 19, Against: null);

        Assert.Equal("goal: CPU µs of requests ≤ 19.0 (small at 64): 19.0 held", goal.Judge(Results)!.ToString());
    }

    [Fact]
    public void What_was_not_measured_is_not_judged() =>
        Assert.Null(new Goal("small", 64, Contenders.ThisLibrary, Metric.Cpu, IsAtLeast: false, 1, Contenders.Wrk).Judge(Results));

    [Fact]
    public void Every_goal_names_a_table_of_the_run_and_who_is_in_it()
    {
        Assert.All(Goals.All, goal =>
        {
            Scenario scenario = Assert.Single(ScenarioList.All, scenario => scenario.Name == goal.Scenario);
            Assert.Contains(goal.Connections, scenario.Connections);
            Assert.Contains(goal.Contender, scenario.Contenders);
            Assert.Contains(goal.Metric, scenario.Metrics);
            if (goal.Against is not null) Assert.Contains(goal.Against, scenario.Contenders);
        });
    }
}
