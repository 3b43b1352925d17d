namespace RequestsAsync.Bulk;

/// <summary>Why a request has no response.</summary>
/// <param name="Kind">What kind it is, by which errors are counted.</param>
/// <param name="Message">What happened, without secrets.</param>
public sealed record BulkError(BulkErrorKind Kind, string Message);
