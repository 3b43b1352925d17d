using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RequestsAsync.Bulk;

/// <summary>What tells one request of a job from every other: the first 128 bits of a SHA-256 over its method, URL and content.</summary>
/// <remarks>The same request has the same id on every machine and in every run, which is what makes results idempotent: of two records with one id, one is enough.</remarks>
/// <param name="Value">The 128 bits, the first byte of the hash in front.</param>
public readonly record struct RequestId(UInt128 Value)
{
    private const int InlineBytes = 512;

    /// <summary>The id of a request.</summary>
    /// <param name="method">Its method, as it is sent.</param>
    /// <param name="url">Its URL, as it was normalised.</param>
    /// <param name="content">Its content; empty for none.</param>
    public static RequestId Of(string method, string url, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(url);

        // A line feed can stand in neither a method nor a URL: the three parts cannot run into one another.
        int length = Encoding.UTF8.GetMaxByteCount(method.Length + url.Length) + 2 + content.Length;
        Span<byte> text = length <= InlineBytes ? stackalloc byte[InlineBytes] : new byte[length];
        int written = Encoding.UTF8.GetBytes(method, text);
        text[written++] = (byte)'\n';
        written += Encoding.UTF8.GetBytes(url, text[written..]);
        text[written++] = (byte)'\n';
        content.CopyTo(text[written..]);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..(written + content.Length)], hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <returns>Whether it was one.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out RequestId id)
    {
        id = default;
        if (text.Length != 32 || !UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 value))
        {
            return false;
        }

        id = new(value);
        return true;
    }

    /// <summary>The id as 32 hexadecimal digits in lower case.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
