namespace RequestsAsync;

/// <summary>A file that was downloaded.</summary>
public sealed record DownloadResult
{
    internal DownloadResult()
    {
    }

    /// <summary>Where the file is; a full path.</summary>
    public required string Path { get; init; }

    /// <summary>Its size.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many of the bytes came from an earlier run and were not fetched again.</summary>
    public required long ResumedBytes { get; init; }

    /// <summary>How many parts were fetched at once; 1 for a download in one go, 0 when an earlier run had fetched everything.</summary>
    public required int Segments { get; init; }

    /// <summary>The checksum that the file was found to have; <see langword="null"/> when none was asked for.</summary>
    public required Checksum? Checksum { get; init; }

    /// <summary>The URL that answered, after redirects; <see langword="null"/> when nothing had to be sent.</summary>
    public required Url? Url { get; init; }

    /// <summary>The media type as the server named it, <c>application/zip</c> for example; <see langword="null"/> when it named none.</summary>
    public required string? ContentType { get; init; }

    /// <summary>The path and the size.</summary>
    public override string ToString() => $"{Path} ({Bytes} bytes)";
}
