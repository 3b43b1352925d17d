using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace RequestsAsync;

/// <summary>SHA-512/256 of FIPS 180-4 §6.7: SHA-512 from an initial value of its own, cut to 256 bits.</summary>
/// <remarks>The runtime has no SHA-512/256, and a SHA-512 that is cut is another hash (the examples printed in RFC 7616 §3.9.2 mistake one for the other).</remarks>
internal sealed class Sha512T256 : HashAlgorithm
{
    private const int BlockBytes = 128;
    private const int LengthBytes = 16;

    private readonly ulong[] _state = new ulong[8];
    private readonly byte[] _block = new byte[BlockBytes];
    private int _buffered;
    private ulong _total;

    public Sha512T256()
    {
        HashSizeValue = 256;
        Initialize();
    }

    /// <summary>FIPS 180-4 §5.3.6.2.</summary>
    private static ReadOnlySpan<ulong> InitialState =>
    [
        0x22312194fc2bf72c, 0x9f555fa3c84c64c2, 0x2393b86b6f53b151, 0x963877195940eabd,
        0x96283ee2a88effe3, 0xbe5e1e2553863992, 0x2b0199fc2c85b8aa, 0x0eb72ddc81c52ca2,
    ];

    /// <summary>FIPS 180-4 §4.2.3: of the cube roots of the first 80 primes the first 64 bits after the point.</summary>
    private static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
        0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
        0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
        0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
        0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
        0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
        0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
        0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
        0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
        0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
        0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
        0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
        0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
        0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
        0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
        0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
        0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
        0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
        0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
        0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
    ];

    public override void Initialize()
    {
        InitialState.CopyTo(_state);
        _buffered = 0;
        _total = 0;
    }

    protected override void HashCore(byte[] array, int ibStart, int cbSize) => HashCore(array.AsSpan(ibStart, cbSize));

    protected override void HashCore(ReadOnlySpan<byte> source)
    {
        _total += (ulong)source.Length;
        while (source.Length >= BlockBytes - _buffered)
        {
            int taken = BlockBytes - _buffered;
            source[..taken].CopyTo(_block.AsSpan(_buffered));
            source = source[taken..];
            Compress(_block);
            _buffered = 0;
        }

        source.CopyTo(_block.AsSpan(_buffered));
        _buffered += source.Length;
    }

    protected override byte[] HashFinal()
    {
        // A one bit, zeros, and the length in bits at the end of a block.
        _block[_buffered++] = 0x80;
        _block.AsSpan(_buffered).Clear();
        if (_buffered > BlockBytes - LengthBytes)
        {
            Compress(_block);
            Array.Clear(_block);
        }

        BinaryPrimitives.WriteUInt128BigEndian(_block.AsSpan(BlockBytes - LengthBytes), (UInt128)_total * 8);
        Compress(_block);

        byte[] digest = new byte[HashSizeValue / 8];
        for (int i = 0; i < digest.Length / sizeof(ulong); i++)
            BinaryPrimitives.WriteUInt64BigEndian(digest.AsSpan(i * sizeof(ulong)), _state[i]);
        return digest;
    }

    /// <summary>FIPS 180-4 §6.4.2.</summary>
    private void Compress(ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<ulong> constants = RoundConstants;
        Span<ulong> w = stackalloc ulong[80];
        for (int t = 0; t < block.Length / sizeof(ulong); t++)
            w[t] = BinaryPrimitives.ReadUInt64BigEndian(block[(t * sizeof(ulong))..]);

        for (int t = 16; t < w.Length; t++)
        {
            ulong s0 = BitOperations.RotateRight(w[t - 15], 1) ^ BitOperations.RotateRight(w[t - 15], 8) ^ (w[t - 15] >> 7);
            ulong s1 = BitOperations.RotateRight(w[t - 2], 19) ^ BitOperations.RotateRight(w[t - 2], 61) ^ (w[t - 2] >> 6);
            w[t] = s1 + w[t - 7] + s0 + w[t - 16];
        }

        (ulong a, ulong b, ulong c, ulong d) = (_state[0], _state[1], _state[2], _state[3]);
        (ulong e, ulong f, ulong g, ulong h) = (_state[4], _state[5], _state[6], _state[7]);
        for (int t = 0; t < w.Length; t++)
        {
            ulong s1 = BitOperations.RotateRight(e, 14) ^ BitOperations.RotateRight(e, 18) ^ BitOperations.RotateRight(e, 41);
            ulong s0 = BitOperations.RotateRight(a, 28) ^ BitOperations.RotateRight(a, 34) ^ BitOperations.RotateRight(a, 39);
            ulong t1 = h + s1 + ((e & f) ^ (~e & g)) + constants[t] + w[t];
            ulong t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + t1, c, b, a, t1 + t2);
        }

        _state[0] += a;
        _state[1] += b;
        _state[2] += c;
        _state[3] += d;
        _state[4] += e;
        _state[5] += f;
        _state[6] += g;
        _state[7] += h;
    }
}
