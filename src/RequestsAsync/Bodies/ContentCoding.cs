namespace RequestsAsync;

/// <summary>How content is compressed on its way (RFC 9110 §8.4.1).</summary>
public enum ContentCoding
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary><c>gzip</c> (RFC 1952), which almost every server can undo that can undo anything.</summary>
    GZip,

    /// <summary><c>br</c> (RFC 7932), smaller and known to fewer.</summary>
    Brotli,
}
