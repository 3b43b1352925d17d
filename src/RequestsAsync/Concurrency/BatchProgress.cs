namespace RequestsAsync;

/// <summary>How far many requests have come.</summary>
/// <param name="Succeeded">How many have a response, whatever its status.</param>
/// <param name="Failed">How many ended with an error.</param>
/// <param name="InFlight">How many are under way.</param>
/// <param name="Bytes">The size of all response bodies so far, decoded.</param>
/// <param name="Total">How many there are in all, where the input knows; <see langword="null"/> for a stream.</param>
/// <param name="Elapsed">The time since the start.</param>
public readonly record struct BatchProgress(long Succeeded, long Failed, int InFlight, long Bytes, long? Total, TimeSpan Elapsed)
{
    /// <summary>How many have ended, one way or the other.</summary>
    public long Completed => Succeeded + Failed;
}
