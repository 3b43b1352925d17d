namespace RequestsAsync.Testing;

/// <summary>The parts of a request that must be those of an entry for the entry to answer it.</summary>
[Flags]
public enum CassetteMatch
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>The method.</summary>
    Method = 1,

    /// <summary>Scheme, host and port.</summary>
    Origin = 2,

    /// <summary>The path.</summary>
    Path = 4,

    /// <summary>The names and values of the query, decoded. The order counts only among values of one name.</summary>
    Query = 8,

    /// <summary>
    /// The content: JSON by its values, whatever the layout and the order of members; a form by its names and values; a multipart form whatever its
    /// boundary; anything else byte by byte. No content and an empty one are the same.
    /// </summary>
    Body = 16,

    /// <summary>The whole URL.</summary>
    Url = Origin | Path | Query,

    /// <summary>Method, URL and content.</summary>
    All = Method | Url | Body,
}
