namespace RequestsAsync.Bulk;

/// <summary>The kinds of errors in records; their names in snake case are what records say.</summary>
public enum BulkErrorKind
{
    /// <summary>The line is no request: <c>bad_input</c>.</summary>
    BadInput,

    /// <summary>The host's name has no address: <c>dns</c>.</summary>
    Dns,

    /// <summary>No connection could be opened: <c>connect</c>.</summary>
    Connect,

    /// <summary>TLS failed: <c>tls</c>.</summary>
    Tls,

    /// <summary>The proxy refused or failed: <c>proxy</c>.</summary>
    Proxy,

    /// <summary>A limit of time passed: <c>timeout</c>.</summary>
    Timeout,

    /// <summary>The connection was lost before the response was whole: <c>connection_lost</c>.</summary>
    ConnectionLost,

    /// <summary>What the server sent is not HTTP, or its content cannot be decoded: <c>protocol</c>.</summary>
    Protocol,

    /// <summary>A redirect cannot be followed, or there were too many: <c>redirect</c>.</summary>
    Redirect,

    /// <summary>robots.txt forbids it: <c>robots</c>.</summary>
    Robots,

    /// <summary>The address is one that the job must not connect to: <c>blocked</c>.</summary>
    Blocked,

    /// <summary>Anything else: <c>other</c>.</summary>
    Other,
}
