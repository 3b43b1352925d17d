namespace RequestsAsync;

/// <summary>Why a download could not be done although the server answered.</summary>
public enum DownloadProblem
{
    /// <summary>The target is there already; see <see cref="DownloadOptions.Existing"/>.</summary>
    TargetExists,

    /// <summary>Another download of the same target is under way, in this process or another one.</summary>
    InUse,

    /// <summary>The disk, or the user's share of it, is full.</summary>
    DiskFull,

    /// <summary>The file cannot be written for another reason, which is the inner exception.</summary>
    CannotWrite,

    /// <summary>The file is not the one that <see cref="DownloadOptions.Checksum"/> asks for.</summary>
    ChecksumMismatch,

    /// <summary>The server gave another file each time it was asked, or parts that fit no file.</summary>
    SourceChanged,
}
