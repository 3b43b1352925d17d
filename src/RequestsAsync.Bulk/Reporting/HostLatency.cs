namespace RequestsAsync.Bulk;

/// <summary>How slow a host is.</summary>
/// <param name="Host">The host.</param>
/// <param name="Count">How many answers, or failures of the network, it was seen with.</param>
/// <param name="Failures">How many of them were failures.</param>
/// <param name="Total">How long they took together.</param>
/// <param name="Longest">How long the slowest took.</param>
internal readonly record struct HostLatency(string Host, long Count, long Failures, TimeSpan Total, TimeSpan Longest)
{
    /// <summary>How long one took.</summary>
    public TimeSpan Mean => Count == 0 ? TimeSpan.Zero : Total / Count;

    /// <summary>The same with one more.</summary>
    public HostLatency With(TimeSpan time, bool isFailure) =>
        new(Host, Count + 1, Failures + (isFailure ? 1 : 0), Total + time, time > Longest ? time : Longest);
}
