using System.Security.Cryptography;
using System.Text;

namespace RequestsAsync.Testing;

/// <summary>A hash of HTTP Digest (RFC 7616 §3.3), plain or of the session form.</summary>
internal sealed class DigestAlgorithm
{
    private delegate byte[] HashFunction(ReadOnlySpan<byte> data);

    private readonly HashFunction _hash;

    private DigestAlgorithm(string name, HashFunction hash)
    {
        Name = name;
        _hash = hash;
    }

    internal string Name { get; }

    /// <summary>Whether the first hash is hashed again with the nonces.</summary>
    internal bool IsSession => Name.EndsWith("-sess", StringComparison.Ordinal);

    /// <summary>The algorithm of a name; MD5 for one that is unknown, as httpbin has it.</summary>
    internal static DigestAlgorithm Named(string name)
    {
        bool isSession = name.EndsWith("-sess", StringComparison.OrdinalIgnoreCase);
        string plain = (isSession ? name[..^5] : name).ToUpperInvariant();
        HashFunction? hash = plain switch
        {
            "MD5" => Md5,
            "SHA-256" => SHA256.HashData,
            "SHA-512" => SHA512.HashData,
            "SHA-512-256" => Sha512Truncated.HashData,
            _ => null,
        };
        return hash is null ? new DigestAlgorithm("MD5", Md5) : new DigestAlgorithm(isSession ? plain + "-sess" : plain, hash);
    }

    internal string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    internal string Hash(ReadOnlySpan<byte> data) => Convert.ToHexStringLower(_hash(data));

#pragma warning disable CA5351 // The protocol under test has it.
    private static byte[] Md5(ReadOnlySpan<byte> data) => MD5.HashData(data);
#pragma warning restore CA5351
}
