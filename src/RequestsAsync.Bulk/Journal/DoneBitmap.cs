using System.Numerics;
using System.Runtime.InteropServices;

namespace RequestsAsync.Bulk;

/// <summary>Which numbers are done: a bit each.</summary>
internal sealed class DoneBitmap
{
    private ulong[] _bits = new ulong[128];

    internal long Count { get; private set; }

    /// <summary>The bits as far as any is set.</summary>
    internal ReadOnlySpan<ulong> Bits => _bits.AsSpan(0, _bits.AsSpan().LastIndexOfAnyExcept(0UL) + 1);

    internal bool this[long number]
    {
        get
        {
            long word = number >> 6;
            return word < _bits.Length && (_bits[word] & (1UL << (int)(number & 63))) != 0;
        }
    }

    /// <returns>Whether it was not done before.</returns>
    internal bool Set(long number)
    {
        long word = number >> 6;
        if (word >= _bits.Length) Array.Resize(ref _bits, (int)Math.Max(word + 1, Math.Min(Array.MaxLength, _bits.Length * 2L)));
        ulong bit = 1UL << (int)(number & 63);
        if ((_bits[word] & bit) != 0) return false;
        _bits[word] |= bit;
        Count++;
        return true;
    }

    /// <summary>Adds those of a bitmap that was written before.</summary>
    internal void Load(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        if (words.Length > _bits.Length) Array.Resize(ref _bits, words.Length);
        for (int i = 0; i < words.Length; i++)
        {
            Count += BitOperations.PopCount(words[i] & ~_bits[i]);
            _bits[i] |= words[i];
        }
    }
}
