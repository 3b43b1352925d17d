namespace RequestsAsync.Cli;

/// <summary>How credentials are sent.</summary>
internal enum DescribedAuthScheme
{
    /// <summary>User name and password with every request.</summary>
    Basic,

    /// <summary>In answer to a Digest challenge.</summary>
    Digest,

    /// <summary>In answer to the strongest challenge.</summary>
    Any,

    /// <summary>A token.</summary>
    Bearer,

    /// <summary>From a netrc file, whose path the secret is; empty for the usual one.</summary>
    Netrc,
}
