namespace RequestsAsync.Cli;

/// <summary>How user name and password are proved.</summary>
internal enum CurlAuthScheme
{
    /// <summary>At once, as Basic.</summary>
    Basic,

    /// <summary>In answer to a Digest challenge.</summary>
    Digest,

    /// <summary>In answer to the strongest challenge that is understood.</summary>
    Any,
}
