namespace RequestsAsync.Bulk;

/// <summary>A host that its holder gives back.</summary>
/// <param name="Lease">The lease.</param>
/// <param name="Delay">After what time the host may be leased again: what is left of the delay that it is owed since its last response.</param>
/// <param name="Notes">What the next holder is to know; <see langword="null"/> keeps what was written down before.</param>
public sealed record HostRelease(LeaseKey Lease, TimeSpan Delay, string? Notes = null);
