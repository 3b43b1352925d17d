using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace RequestsAsync.Testing;

/// <summary>SHA-512/256 (FIPS 180-4 §6.7), which the runtime does not have and RFC 7616 asks for.</summary>
/// <remarks>The constants are worked out from their definition, not listed: it is used once in a while, and small.</remarks>
internal static class Sha512Truncated
{
    private const int BlockSize = 128;

    private static readonly ulong[] RoundConstants = [.. Primes(80).Select(static prime => FractionOfRoot(prime, 3))];
    private static readonly ulong[] InitialState = StateOfName();

    internal static byte[] HashData(ReadOnlySpan<byte> data) => Hash(InitialState, data)[..32];

    // §5.3.6: the initial state is what a SHA-512 of its own kind makes of the name.
    private static ulong[] StateOfName()
    {
        ulong[] seed = [.. Primes(8).Select(static prime => FractionOfRoot(prime, 2) ^ 0xA5A5A5A5A5A5A5A5)];
        byte[] hash = Hash(seed, Encoding.ASCII.GetBytes("SHA-512/256"));
        return [.. Enumerable.Range(0, 8).Select(i => BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(i * 8)))];
    }

    private static byte[] Hash(ulong[] initial, ReadOnlySpan<byte> data)
    {
        // §5.1.2: a one bit, zeros, and the length in bits as 16 bytes.
        byte[] padded = new byte[(data.Length + 17 + BlockSize - 1) / BlockSize * BlockSize];
        data.CopyTo(padded);
        padded[data.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(padded.AsSpan(^8), (ulong)data.Length * 8);

        ulong[] state = [.. initial];
        for (int start = 0; start < padded.Length; start += BlockSize) Compress(state, padded.AsSpan(start, BlockSize));

        byte[] hash = new byte[64];
        for (int i = 0; i < 8; i++) BinaryPrimitives.WriteUInt64BigEndian(hash.AsSpan(i * 8), state[i]);
        return hash;
    }

    private static void Compress(ulong[] state, ReadOnlySpan<byte> block)
    {
        Span<ulong> w = stackalloc ulong[80];
        for (int t = 0; t < 16; t++) w[t] = BinaryPrimitives.ReadUInt64BigEndian(block[(t * 8)..]);
        for (int t = 16; t < 80; t++)
        {
            ulong s0 = Rotate(w[t - 15], 1) ^ Rotate(w[t - 15], 8) ^ (w[t - 15] >> 7);
            ulong s1 = Rotate(w[t - 2], 19) ^ Rotate(w[t - 2], 61) ^ (w[t - 2] >> 6);
            w[t] = w[t - 16] + s0 + w[t - 7] + s1;
        }

        ulong a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        for (int t = 0; t < 80; t++)
        {
            ulong t1 = h + (Rotate(e, 14) ^ Rotate(e, 18) ^ Rotate(e, 41)) + ((e & f) ^ (~e & g)) + RoundConstants[t] + w[t];
            ulong t2 = (Rotate(a, 28) ^ Rotate(a, 34) ^ Rotate(a, 39)) + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + t1, c, b, a, t1 + t2);
        }

        ReadOnlySpan<ulong> sum = [a, b, c, d, e, f, g, h];
        for (int i = 0; i < 8; i++) state[i] += sum[i];
    }

    private static ulong Rotate(ulong value, int bits) => BitOperations.RotateRight(value, bits);

    private static IEnumerable<int> Primes(int count) =>
        Enumerable.Range(2, 500).Where(static n => Enumerable.Range(2, n - 2).All(d => n % d != 0)).Take(count);

    // The first 64 bits after the point of a root: the whole root of the number scaled by 2^(64·degree), cut to 64 bits.
    private static ulong FractionOfRoot(int number, int degree)
    {
        BigInteger scaled = (BigInteger)number << (64 * degree);
        BigInteger root = BigInteger.Zero;
        for (int bit = 70; bit >= 0; bit--)
        {
            BigInteger candidate = root | (BigInteger.One << bit);
            if (BigInteger.Pow(candidate, degree) <= scaled) root = candidate;
        }

        return (ulong)(root & ulong.MaxValue);
    }
}
