namespace RequestsAsync.Bulk;

/// <summary>How WARC files are written.</summary>
public sealed record WarcOptions
{
    /// <summary>What the files' names begin with.</summary>
    /// <value>Default: <c>requests</c>.</value>
    public string Prefix { get; init; } = "requests";

    /// <summary>How long a file grows before another is begun, in bytes.</summary>
    /// <value>Default: 1 GiB.</value>
    public long MaxFileBytes { get; init; } = 1L << 30;

    /// <summary>The program that the files name as their maker.</summary>
    /// <value>Default: <c>RequestsAsync.Bulk</c>.</value>
    public string Software { get; init; } = "RequestsAsync.Bulk";

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
