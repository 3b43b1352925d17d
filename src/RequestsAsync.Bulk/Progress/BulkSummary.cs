namespace RequestsAsync.Bulk;

/// <summary>What a worker has done by its end.</summary>
/// <param name="State">How the job stood.</param>
/// <param name="Progress">The numbers.</param>
/// <param name="IsInterrupted">Whether it was told to end before there was nothing left to do.</param>
public sealed record BulkSummary(FrontierState State, BulkProgress Progress, bool IsInterrupted);
