namespace RequestsAsync;

/// <summary>How many requests are under way at once.</summary>
public sealed record ConcurrencyOptions
{
    /// <summary>How many requests may be under way, in all.</summary>
    /// <value>Default: 100.</value>
    public int MaxConcurrency { get; init; } = 100;

    /// <summary>How many of them may go to one host and port.</summary>
    /// <value>Default: <see langword="null"/>, as many as <see cref="MaxConcurrency"/> allows.</value>
    /// <remarks>
    /// Requests to a busy host are put aside and let others pass. Up to 1,024 requests (or <see cref="MaxConcurrency"/>, if that is more) are
    /// taken from the input ahead of their turn for it, so one host that owns half of the input does not slow the rest.
    /// </remarks>
    public int? MaxPerHost { get; init; }

    /// <summary>Whether <c>AsCompletedAsync</c> gives the outcomes in the order of the input instead of as they finish.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    /// <remarks>A slow request then holds back those after it, and with them, once all places are taken, the input.</remarks>
    public bool PreserveOrder { get; init; }

    /// <summary>Hears of every request that has ended. It is called by one thread at a time, from whatever thread a request ended on.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    public IProgress<BatchProgress>? Progress { get; init; }

    /// <exception cref="InvalidRequestException">A limit is less than one.</exception>
    internal void Check()
    {
        if (MaxConcurrency < 1) throw new InvalidRequestException($"MaxConcurrency is {MaxConcurrency}: it must be 1 or more.");
        if (MaxPerHost < 1) throw new InvalidRequestException($"MaxPerHost is {MaxPerHost}: it must be 1 or more, or null for no limit.");
    }
}
