namespace RequestsAsync.Bulk;

/// <summary>What is known of a request that was tried and is not done.</summary>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="State">What its last holder wrote down.</param>
/// <param name="Host">The host in whose queue it stands.</param>
/// <param name="Due">When it may be leased, by the job's clock.</param>
internal sealed record Retry(int Attempts, string? State, HostQueue Host, long Due);
