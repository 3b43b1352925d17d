using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace RequestsAsync;

/// <summary>A hash function of Digest authentication, plain or per session (<c>-sess</c>).</summary>
internal sealed class DigestAlgorithm
{
    // RFC 7616 §6.1 registers all of these but SHA-512, which some servers (httpbin) offer.
    private static readonly DigestAlgorithm[] Known =
    [
        .. Both("MD5", 1, CreateMd5),
        .. Both("SHA-256", 2, SHA256.Create),
        .. Both("SHA-512", 3, SHA512.Create),
        .. Both("SHA-512-256", 4, () => new Sha512T256()),
    ];

    private readonly Func<HashAlgorithm> _create;

    private DigestAlgorithm(string name, int strength, bool isSession, Func<HashAlgorithm> create)
    {
        Name = name;
        Strength = strength;
        IsSession = isSession;
        _create = create;
    }

    public string Name { get; }

    /// <summary>Orders the algorithms: of several challenges that with the greatest strength is answered.</summary>
    public int Strength { get; }

    /// <summary>True if H(A1) also covers the nonces, so that a server need not know the password's hash to check a session.</summary>
    public bool IsSession { get; }

    /// <summary>The algorithm of that name, in any case; <see langword="null"/> if it is unknown.</summary>
    public static DigestAlgorithm? Find(string name) =>
        Array.Find(Known, algorithm => algorithm.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The hash of the text's UTF-8 form in lower-case hexadecimal.</summary>
    public string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    /// <summary>The hash in lower-case hexadecimal.</summary>
    public string Hash(ReadOnlySpan<byte> data)
    {
        using HashAlgorithm hash = _create();
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        hash.TryComputeHash(data, digest, out int length);
        return Convert.ToHexStringLower(digest[..length]);
    }

    /// <summary>The hash of a content in lower-case hexadecimal; it passes through and is not held in memory.</summary>
    public async ValueTask<string> HashAsync(Body body, bool blocking, CancellationToken cancellationToken)
    {
        using HashAlgorithm hash = _create();
        using CryptoStream target = new(Stream.Null, hash, CryptoStreamMode.Write);
        if (blocking)
            body.WriteTo(target, cancellationToken);
        else
            await body.WriteToAsync(target, cancellationToken).ConfigureAwait(false);
        target.FlushFinalBlock();
        return Convert.ToHexStringLower(hash.Hash!);
    }

    private static DigestAlgorithm[] Both(string name, int strength, Func<HashAlgorithm> create) =>
        [new(name, strength, isSession: false, create), new(name + "-sess", strength, isSession: true, create)];

    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The server chooses, and most know only MD5.")]
    private static MD5 CreateMd5() => MD5.Create();
}
