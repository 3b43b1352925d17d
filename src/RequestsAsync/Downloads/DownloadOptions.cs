namespace RequestsAsync;

/// <summary>How a file is downloaded, beyond its URL and its place.</summary>
public sealed class DownloadOptions
{
    private const int MaxSegments = 32;

    /// <summary>What each request of the download says: header fields, credentials, timeouts. <c>Range</c>, <c>If-Range</c> and <c>Accept-Encoding</c> are the download's own.</summary>
    /// <value>Default: <see langword="null"/>, what the session says. Its <see cref="RequestOptions.Retry"/> is not used, see <see cref="Retry"/>.</value>
    public RequestOptions? Request { get; set; }

    /// <summary>How many parts of a large file are fetched at once, each on a connection of its own, where the server can give parts.</summary>
    /// <value>Default: 4. 1 fetches the file in one go. At most 32; <see cref="Limits.MaxConnectionsPerHost"/> and <see cref="Limits.MaxConnections"/> bound it too.</value>
    public int Segments { get; set; } = 4;

    /// <summary>How much of the file must be missing, in bytes, for it to be fetched in parts.</summary>
    /// <value>Default: 32 MiB.</value>
    public long SegmentThreshold { get; set; } = 32L << 20;

    /// <summary>What the whole file must hash to. It is put in its place only then.</summary>
    /// <value>Default: <see langword="null"/>, not checked.</value>
    public Checksum? Checksum { get; set; }

    /// <summary>What happens when there is a file of that name already.</summary>
    /// <value>Default: <see cref="ExistingFile.Refuse"/>.</value>
    public ExistingFile Existing { get; set; }

    /// <summary>Whether an earlier download of the same URL that did not come to its end is continued.</summary>
    /// <value>Default: <see langword="true"/>. What the server cannot prove to be the same file still is never continued: the download begins anew.</value>
    public bool Resume { get; set; } = true;

    /// <summary>Whether a download is continued on the file's length alone, where the server gives neither a strong entity tag nor a date to check by.</summary>
    /// <value>
    /// Default: <see langword="false"/>, such a download begins anew, or half of the old file could be joined to half of the new one. With a
    /// <see cref="Checksum"/> it is continued in any case, since the checksum would find that out.
    /// </value>
    public bool ResumeUnvalidated { get; set; }

    /// <summary>How often and after which waits it is tried again. Each repetition continues where the one before it stopped.</summary>
    /// <value>Default: <see langword="null"/>, five attempts with the waits of <see cref="Retry.Default"/>.</value>
    /// <remarks>
    /// <see cref="Retry.Attempts"/> counts anew whenever bytes arrived, and a connection that brought a mebibyte is continued without a wait.
    /// <see cref="Retry.Budget"/> does not apply: what is continued costs the server nothing twice.
    /// </remarks>
    public Retry? Retry { get; set; }

    /// <summary>Told where the file goes when that is known, and then how far it has come, after each block; never by two threads at once.</summary>
    public IProgress<DownloadProgress>? Progress { get; set; }

    /// <summary>How large the file may be, in bytes, decoded.</summary>
    /// <value>Default: <see langword="null"/>, no limit.</value>
    public long? MaxBytes { get; set; }

    /// <summary>A copy that nobody changes while it is used.</summary>
    /// <exception cref="InvalidRequestException">An option is out of its range.</exception>
    internal DownloadOptions Checked()
    {
        if (Segments is < 1 or > MaxSegments) throw new InvalidRequestException($"Segments is {Segments}: it must be between 1 and {MaxSegments}.");
        if (SegmentThreshold < 1) throw new InvalidRequestException($"SegmentThreshold is {SegmentThreshold}: it must be 1 or more.");
        if (MaxBytes < 0) throw new InvalidRequestException($"MaxBytes is {MaxBytes}: it must be 0 or more.");
        if (!Enum.IsDefined(Existing)) throw new InvalidRequestException($"Existing is {Existing}, which is none of its values.");
        foreach (string name in (ReadOnlySpan<string>)["Range", "If-Range"])
        {
            if (Request?.HeadersOrNull?.Mentions(name) is true) throw new InvalidRequestException($"A download sets {name} by itself. Take it out of the request's headers.");
        }

        Retry?.Check();
        return (DownloadOptions)MemberwiseClone();
    }
}
