namespace RequestsAsync.Tests;

public sealed class RetryBudgetTests
{
    [Fact]
    public void A_new_session_may_repeat_its_reserve() => Assert.Equal(RetryBudget.Reserve, Withdrawals(new RetryBudget()));

    [Theory]
    [InlineData(0.2, 5)]
    [InlineData(0.1, 10)]
    [InlineData(0.001, 1000)]
    [InlineData(1.0 / 3, 4)]
    public void Shares_add_up_to_a_repetition(double share, int requests)
    {
        RetryBudget budget = new();
        Assert.Equal(RetryBudget.Reserve, Withdrawals(budget));
        for (int i = 1; i < requests; i++)
        {
            budget.Deposit(share);
            Assert.False(budget.TryWithdraw());
        }

        budget.Deposit(share);
        Assert.Equal(1, Withdrawals(budget));
    }

    [Theory]
    [InlineData(0.2, 1_000_000)]
    [InlineData(5000, 1)]
    [InlineData(double.MaxValue, 2)]
    public void A_good_time_saves_up_to_the_limit(double share, int requests)
    {
        RetryBudget budget = new();
        for (int i = 0; i < requests; i++)
            budget.Deposit(share);

        Assert.Equal(RetryBudget.Limit, Withdrawals(budget));
    }

    [Fact]
    public async Task Nothing_is_lost_or_made_between_threads()
    {
        const int Threads = 4;
        const int Requests = 1_000_000;
        RetryBudget budget = new();
        int taken = 0;
        using Barrier start = new(Threads);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(Work, TaskCreationOptions.LongRunning)));

        // The balance never reaches its limit, so that every share that was paid in is there: as repetitions, or as the rest.
        taken += Withdrawals(budget);
        Assert.Equal((Threads * Requests / 4) + RetryBudget.Reserve, taken);

        void Work()
        {
            start.SignalAndWait();
            for (int i = 0; i < Requests; i++)
            {
                budget.Deposit(0.25);
                if (budget.TryWithdraw()) Interlocked.Increment(ref taken);
            }
        }
    }

    private static int Withdrawals(RetryBudget budget)
    {
        int count = 0;
        while (budget.TryWithdraw())
            count++;

        return count;
    }
}
