namespace RequestsAsync;

/// <summary>How far a transfer has come.</summary>
/// <param name="Bytes">The bytes so far, decoded where they are decoded.</param>
/// <param name="Total">How many there will be, where that is known.</param>
public readonly record struct TransferProgress(long Bytes, long? Total);
