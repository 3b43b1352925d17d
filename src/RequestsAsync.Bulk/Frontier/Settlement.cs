namespace RequestsAsync.Bulk;

/// <summary>What became of a leased request: it is done, or it is to be tried again.</summary>
/// <param name="Lease">The lease that it came with.</param>
/// <param name="Number">Its <see cref="LeasedRequest.Number"/>.</param>
public abstract record Settlement(LeaseKey Lease, long Number)
{
    /// <summary>It is done, with a result or an error that is final.</summary>
    /// <param name="Lease">The lease that it came with.</param>
    /// <param name="Number">Its <see cref="LeasedRequest.Number"/>.</param>
    /// <param name="Record">Its record: one JSON object in UTF-8, without the line's end. A frontier that keeps results stores it in the same transaction.</param>
    public sealed record Done(LeaseKey Lease, long Number, ReadOnlyMemory<byte> Record) : Settlement(Lease, Number);

    /// <summary>It goes back to a queue: after a failure that may pass, or to another host after a redirect.</summary>
    /// <param name="Lease">The lease that it came with.</param>
    /// <param name="Number">Its <see cref="LeasedRequest.Number"/>.</param>
    /// <param name="Delay">After what time it may be leased again. Other requests of the host are not held up by it.</param>
    /// <param name="Attempts">How often it was tried by now.</param>
    /// <param name="Host">The host whose queue it joins.</param>
    /// <param name="State">What the next holder is to know; <see langword="null"/> for nothing.</param>
    public sealed record Again(LeaseKey Lease, long Number, TimeSpan Delay, int Attempts, string Host, string? State) : Settlement(Lease, Number);
}
