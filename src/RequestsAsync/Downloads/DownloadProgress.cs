namespace RequestsAsync;

/// <summary>How far a download has come.</summary>
/// <param name="Path">Where the file will be.</param>
/// <param name="Bytes">The bytes on disk, those of earlier runs included. After a change on the server it begins at 0 again.</param>
/// <param name="Total">How many there will be, where that is known.</param>
/// <param name="ResumedBytes">How many of the bytes came from an earlier run.</param>
public readonly record struct DownloadProgress(string Path, long Bytes, long? Total, long ResumedBytes);
