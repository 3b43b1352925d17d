namespace RequestsAsync.Bulk;

/// <summary>What a merge came to.</summary>
/// <param name="Read">The records that were read.</param>
/// <param name="Written">The records that were written: one for each id.</param>
/// <param name="Torn">Lines that are no record: the last one of an output after a crash.</param>
public sealed record MergeResult(long Read, long Written, long Torn);
