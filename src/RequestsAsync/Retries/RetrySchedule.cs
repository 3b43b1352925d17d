namespace RequestsAsync;

/// <summary>The attempts of one call: whether there is another, and how long to wait before it. The waiting is the caller's. Not thread-safe.</summary>
internal sealed class RetrySchedule
{
    private readonly Retry _retry;
    private readonly RetryBudget _budget;
    private readonly Func<double> _random;
    private readonly TimeProvider _time;
    private int _repetitions;

    private RetrySchedule(Retry retry, RetryBudget budget, Func<double> random, TimeProvider time)
    {
        _retry = retry;
        _budget = budget;
        _random = random;
        _time = time;
    }

    /// <summary>Why the last answer or failure stands although another attempt might have helped, as a clause for a message: "it was not sent again, since …".</summary>
    public string? Obstacle { get; private set; }

    /// <summary>Begins a call that is sent for the first time, which pays into the budget.</summary>
    /// <param name="retry">The rule, checked.</param>
    /// <param name="budget">The session's.</param>
    /// <param name="random">Random numbers of [0, 1).</param>
    /// <param name="time">The clock from which dates count.</param>
    public static RetrySchedule Start(Retry retry, RetryBudget budget, Func<double> random, TimeProvider time)
    {
        if (retry.HasBudget) budget.Deposit(retry.Budget);
        return new(retry, budget, random, time);
    }

    /// <summary>How long to wait until the next attempt, or <see langword="null"/> if this answer stands.</summary>
    /// <exception cref="CallerException"><see cref="Retry.When"/> threw.</exception>
    public TimeSpan? Next(PreparedRequest request, Response response) =>
        Decide(RetryRule.AfterAnswer(_retry, request.Method, response.StatusCode), request.Body, response, error: null);

    /// <summary>How long to wait until the next attempt, or <see langword="null"/> if this failure stands.</summary>
    /// <exception cref="CallerException"><see cref="Retry.When"/> threw.</exception>
    public TimeSpan? Next(PreparedRequest request, RequestException error) =>
        Decide(RetryRule.AfterFailure(_retry, request.Method, error), request.Body, response: null, error);

    private TimeSpan? Decide(RetryVerdict verdict, Body? body, Response? response, RequestException? error)
    {
        bool callerDecides = _retry.When is not null && !RetryRule.IsFinal(error);
        Obstacle = verdict.Obstacle;
        if (!verdict.MayRetry && !callerDecides) return null;
        if (_repetitions + 1 >= _retry.Attempts)
        {
            if (verdict.MayRetry) Obstacle = $"Retry.Attempts allows no more than {_retry.Attempts}";
            return null;
        }

        TimeSpan wait = BackOff.Wait(_retry, _repetitions + 1, AskedBy(response), _random());
        if (callerDecides) verdict = Ask(response, error, wait) ?? verdict;
        Obstacle = verdict.MayRetry ? RetryRule.ObstacleOf(body) ?? ObstacleOfBudget() : verdict.Obstacle;
        if (!verdict.MayRetry || Obstacle is not null) return null;

        _repetitions++;
        return wait;
    }

    private TimeSpan? AskedBy(Response? response) => response is null ? null : RequestedWait.Of(response.StatusCode, response.Headers, _time.GetUtcNow());

    private RetryVerdict? Ask(Response? response, RequestException? error, TimeSpan wait)
    {
        int sendings = response?.Attempts ?? error!.Attempts;
        try
        {
            return _retry.When!(new RetryInfo(sendings + 1, response, error) { Delay = wait }) is { } say ? new RetryVerdict(say) : null;
        }
        catch (Exception e)
        {
            throw new CallerException(e);
        }
    }

    // Withdraws too: it comes last, when nothing else stands against the attempt.
    private string? ObstacleOfBudget() =>
        !_retry.HasBudget || _budget.TryWithdraw() ? null : "the session has spent its budget for repetitions (Retry.Budget)";
}
