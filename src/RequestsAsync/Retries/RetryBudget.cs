namespace RequestsAsync;

/// <summary>What a session may spend on repetitions: requests pay in a share, each repetition takes one out. Thread-safe, without locks.</summary>
/// <remarks>
/// Back-off spreads repetitions over time and the budget limits their number: without it a server that refuses everybody gets every request three
/// times. A new session starts with <see cref="Reserve"/>, so that few requests may be repeated too, and saves no more than <see cref="Limit"/>, so
/// that a long good time is no licence for a storm.
/// </remarks>
internal sealed class RetryBudget
{
    public const int Reserve = 10;
    public const int Limit = 1000;

    // Whole numbers add up exactly: ten times 0.1 is one repetition.
    private const long One = 1_000_000;

    private long _balance = Reserve * One;

    /// <summary>Pays in for a request.</summary>
    /// <param name="share">How many repetitions it earns, no less than zero.</param>
    public void Deposit(double share)
    {
        long amount = (long)Math.Round(Math.Min(share, Limit) * One);
        long balance = Volatile.Read(ref _balance);
        while (balance < Limit * One)
        {
            long found = Interlocked.CompareExchange(ref _balance, Math.Min(balance + amount, Limit * One), balance);
            if (found == balance) return;
            balance = found;
        }
    }

    /// <summary>Takes out a repetition, if there is one.</summary>
    public bool TryWithdraw()
    {
        long balance = Volatile.Read(ref _balance);
        while (balance >= One)
        {
            long found = Interlocked.CompareExchange(ref _balance, balance - One, balance);
            if (found == balance) return true;
            balance = found;
        }

        return false;
    }
}
