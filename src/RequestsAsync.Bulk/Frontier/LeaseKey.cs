namespace RequestsAsync.Bulk;

/// <summary>One lease: a host, and which of its leases in turn.</summary>
/// <param name="Host">The host.</param>
/// <param name="Fence">A number that is greater for each later lease of the same host.</param>
public readonly record struct LeaseKey(string Host, long Fence);
