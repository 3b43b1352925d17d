namespace RequestsAsync.Bulk;

/// <summary>One request of a job, as a line of its input described it. Immutable.</summary>
public sealed record BulkRequest
{
    /// <summary>What tells it from every other request.</summary>
    public required RequestId Id { get; init; }

    /// <summary>The line of the input that it came from, counted from 1; 0 where there is none.</summary>
    public long Line { get; init; }

    /// <summary>The method.</summary>
    /// <value>Default: GET.</value>
    public string Method { get; init; } = "GET";

    /// <summary>The URL, absolute and normalised (WHATWG URL).</summary>
    public required string Url { get; init; }

    /// <summary>
    /// Whom politeness is owed: the URL's host name in lower case, with the port where it is not the scheme's own. <c>http</c> and <c>https</c> of one name on
    /// their own ports are one host.
    /// </summary>
    public required string Host { get; init; }

    /// <summary>Its own header fields, in order, beside the job's.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Its content; empty for none.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>
    /// Why the line is no request; <see langword="null"/> for one that is. Such a line goes through the frontier as all others do, so that its record is lost no
    /// more than theirs: its <see cref="Url"/> is the line itself, cut where it is long, and its <see cref="Host"/> is empty.
    /// </summary>
    public string? Problem { get; init; }

    /// <summary>What the input says about it for the reader of the results: any JSON value, given back unread. <see langword="null"/> for nothing.</summary>
    public string? Meta { get; init; }
}
