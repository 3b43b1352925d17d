namespace RequestsAsync;

/// <summary>A hash function that files are published with.</summary>
public enum ChecksumAlgorithm
{
    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>SHA-512.</summary>
    Sha512,

    /// <summary>SHA-1: finds damage, but no malice.</summary>
    Sha1,

    /// <summary>MD5: finds damage, but no malice.</summary>
    Md5,
}
