namespace RequestsAsync.Bulk;

/// <summary>A request of a host that is leased.</summary>
/// <param name="Number">The frontier's number for it: where it stands in the job, counted from 1.</param>
/// <param name="Request">The request.</param>
/// <param name="Attempts">How often it was tried before.</param>
/// <param name="State">What its last holder wrote down for the next (redirects that it followed); <see langword="null"/> for nothing.</param>
public sealed record LeasedRequest(long Number, BulkRequest Request, int Attempts, string? State);
