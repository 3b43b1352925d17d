namespace RequestsAsync;

/// <summary>When a host that fails is left alone, and for how long.</summary>
/// <remarks>
/// <para>
/// Every host, that is scheme, name and port, has a circuit of its own. It opens when, of the requests within <see cref="Window"/>, the
/// share <see cref="FailureRatio"/> has failed; requests to it then end at once with a <see cref="CircuitOpenException"/> and are not sent.
/// After <see cref="BreakFor"/> a single request is let through: its success closes the circuit, its failure opens it for as long again.
/// </para>
/// <para>
/// Failures are errors of the network, timeouts and statuses from 500. Every other status is a success of the server, 404 and 429 too.
/// A request that its caller cancelled says nothing. What counts is every sending: redirects, retries and rounds of authentication too.
/// </para>
/// </remarks>
public sealed record CircuitBreaker
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <summary>The share of failures that opens the circuit, more than 0 and at most 1.</summary>
    /// <value>Default: 0.5.</value>
    public double FailureRatio { get; init; } = 0.5;

    /// <summary>How many requests must have ended within the window before their failures mean anything.</summary>
    /// <value>Default: 10.</value>
    public int MinimumThroughput { get; init; } = 10;

    /// <summary>How far back is looked. Measured in tenths of it.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an open circuit refuses requests before it lets one through.</summary>
    /// <value>Default: 15 seconds.</value>
    public TimeSpan BreakFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <exception cref="InvalidRequestException">A value is out of its range.</exception>
    internal void Check()
    {
        if (!(FailureRatio is > 0 and <= 1))
            throw new InvalidRequestException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The FailureRatio of the circuit breaker is {FailureRatio}: it must be more than 0 and at most 1."));
        if (MinimumThroughput < 1) throw new InvalidRequestException($"The MinimumThroughput of the circuit breaker is {MinimumThroughput}: it must be 1 or more.");
        Check(Window, nameof(Window));
        Check(BreakFor, nameof(BreakFor));
    }

    private static void Check(TimeSpan time, string name)
    {
        if (time <= TimeSpan.Zero || time > Longest) throw new InvalidRequestException($"The {name} of the circuit breaker is {time}: it must be positive and at most {Longest.Days} days.");
    }
}
