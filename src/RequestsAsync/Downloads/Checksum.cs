using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace RequestsAsync;

/// <summary>What a file hashes to: an algorithm and a value, written <c>sha256=9f86d0…</c>.</summary>
public sealed class Checksum : IEquatable<Checksum>
{
    private const int BlockBytes = 1 << 20;

    private Checksum(ChecksumAlgorithm algorithm, string hex) => (Algorithm, Hex) = (algorithm, hex);

    /// <summary>The hash function.</summary>
    public ChecksumAlgorithm Algorithm { get; }

    /// <summary>The value, in lower-case hexadecimal digits.</summary>
    public string Hex { get; }

    /// <summary>Reads <c>sha256=…</c>, <c>sha512=…</c>, <c>sha1=…</c> or <c>md5=…</c>; a colon in place of <c>=</c> and upper case are fine.</summary>
    /// <param name="text">The algorithm and its value in hexadecimal digits.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    /// <exception cref="FormatException">It is no such text, or has not as many digits as the algorithm gives.</exception>
    public static Checksum Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out Checksum? checksum)
            ? checksum
            : throw new FormatException($"'{text}' is no checksum: write sha256=, sha512=, sha1= or md5= and as many hexadecimal digits as that algorithm has (64, 128, 40, 32).");
    }

    /// <summary>Reads a checksum, and says whether it was one.</summary>
    /// <param name="text">See <see cref="Parse"/>.</param>
    /// <param name="checksum">What was read.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Checksum? checksum)
    {
        checksum = null;
        int separator = text.AsSpan().IndexOfAny('=', ':');
        if (separator < 0 || AlgorithmOf(text.AsSpan(0, separator).Trim()) is not { } algorithm) return false;

        ReadOnlySpan<char> digits = text.AsSpan(separator + 1).Trim();
        if (digits.Length != DigitsOf(algorithm)) return false;
        foreach (char digit in digits)
        {
            if (!char.IsAsciiHexDigit(digit)) return false;
        }

        checksum = new(algorithm, digits.ToString().ToLowerInvariant());
        return true;
    }

    /// <summary>Whether algorithm and value are the same.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals([NotNullWhen(true)] Checksum? other) => other is not null && Algorithm == other.Algorithm && Hex == other.Hex;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => Equals(obj as Checksum);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Algorithm, Hex);

    /// <summary>As it is written: <c>sha256=…</c>.</summary>
    public override string ToString() => $"{Algorithm.ToString().ToLowerInvariant()}={Hex}";

    /// <summary>The checksum, by this one's algorithm, of a stream from where it stands to its end.</summary>
    internal async ValueTask<Checksum> OfAsync(Stream stream, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(NameOf(Algorithm));
        byte[] block = System.Buffers.ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            while (await stream.ReadAsync(block, cancellationToken).ConfigureAwait(false) is > 0 and int read)
                hash.AppendData(block, 0, read);
            return new(Algorithm, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static ChecksumAlgorithm? AlgorithmOf(ReadOnlySpan<char> name) => name.ToString().ToLowerInvariant() switch
    {
        "sha256" or "sha-256" => ChecksumAlgorithm.Sha256,
        "sha512" or "sha-512" => ChecksumAlgorithm.Sha512,
        "sha1" or "sha-1" => ChecksumAlgorithm.Sha1,
        "md5" => ChecksumAlgorithm.Md5,
        _ => null,
    };

    private static int DigitsOf(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Sha256 => 64,
        ChecksumAlgorithm.Sha512 => 128,
        ChecksumAlgorithm.Sha1 => 40,
        _ => 32,
    };

    private static HashAlgorithmName NameOf(ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Sha256 => HashAlgorithmName.SHA256,
        ChecksumAlgorithm.Sha512 => HashAlgorithmName.SHA512,
        ChecksumAlgorithm.Sha1 => HashAlgorithmName.SHA1,
        _ => HashAlgorithmName.MD5,
    };
}
