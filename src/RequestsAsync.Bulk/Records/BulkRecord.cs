namespace RequestsAsync.Bulk;

/// <summary>What became of one request: a line of the output. <c>docs/bulk-record.schema.json</c> describes it for other programs.</summary>
public sealed class BulkRecord
{
    /// <summary>The version of the record's form.</summary>
    public const int Version = 1;

    /// <summary>How long its line may be where one is read again.</summary>
    internal const int MaxLineBytes = 1 << 30;

    /// <summary>The request.</summary>
    public required BulkRequest Request { get; init; }

    /// <summary>The URL that the response came from, after redirects; <see langword="null"/> where there was none.</summary>
    public string? FinalUrl { get; set; }

    /// <summary>The status code; 0 where there was no response.</summary>
    public int Status { get; set; }

    /// <summary>The version of HTTP, as <c>1.1</c> or <c>2</c>.</summary>
    public string? HttpVersion { get; set; }

    /// <summary>The address that answered.</summary>
    public string? Ip { get; set; }

    /// <summary>The response's header fields, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; set; } = [];

    /// <summary>The media type, without parameters.</summary>
    public string? ContentType { get; set; }

    /// <summary>The length of the content, decoded, as far as it was read.</summary>
    public long Bytes { get; set; }

    /// <summary>Whether the content was longer than the job takes, and was cut.</summary>
    public bool IsCut { get; set; }

    /// <summary>The SHA-256 of the content as far as it was read, in lower-case hexadecimal; <see langword="null"/> where it was not asked for.</summary>
    public string? Sha256 { get; set; }

    /// <summary>The content, where the record holds it: as text where it is text, else in base64.</summary>
    public ReadOnlyMemory<byte>? Body { get; set; }

    /// <summary>The file that holds the content, relative to the job's folder of bodies.</summary>
    public string? BodyPath { get; set; }

    /// <summary>Where the response stands in a WARC file.</summary>
    public WarcPlace? Warc { get; set; }

    /// <summary>When the first attempt began (UTC).</summary>
    public DateTimeOffset Started { get; set; }

    /// <summary>How long the last attempt took, redirects and body included.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>Where the time of the last request of it went; <see langword="null"/> where none was sent.</summary>
    public Timings? Timings { get; set; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>The redirects that were followed, in order.</summary>
    public IReadOnlyList<FollowedRedirect> Redirects { get; set; } = [];

    /// <summary>Why there is no response, or none that counts; <see langword="null"/> for a response of any status.</summary>
    public BulkError? Error { get; set; }

    /// <summary>Who fetched it.</summary>
    public string? Worker { get; set; }
}
