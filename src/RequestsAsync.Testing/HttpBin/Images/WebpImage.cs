using System.Buffers.Binary;

namespace RequestsAsync.Testing;

/// <summary>Writes a lossless WebP (RFC 9649) of one colour: every code has one symbol, so the pixels take no bits at all.</summary>
internal static class WebpImage
{
    internal static byte[] Encode(int size, byte r, byte g, byte b)
    {
        var bits = new Bits();
        bits.Write(0x2F, 8);
        bits.Write(size - 1, 14);
        bits.Write(size - 1, 14);
        bits.Write(0, 1 + 3); // no alpha, version 0
        bits.Write(0, 1 + 1 + 1); // no transform, no colour cache, one group of codes
        foreach (byte channel in (ReadOnlySpan<byte>)[g, r, b, 0xFF])
        {
            bits.Write(0b101, 3); // a simple code, of one symbol, of eight bits
            bits.Write(channel, 8);
        }

        bits.Write(0b0001, 4); // distances: a simple code of one symbol of one bit, 0
        return Wrap(bits.ToArray());
    }

    private static byte[] Wrap(byte[] data)
    {
        int padded = (data.Length + 1) & ~1;
        byte[] file = new byte[20 + padded];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WEBPVP8L"u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), data.Length);
        data.CopyTo(file, 20);
        return file;
    }

    private sealed class Bits
    {
        private readonly List<byte> _bytes = [];
        private int _count;

        // The first bit of the file is the lowest of the first byte.
        internal void Write(int value, int count)
        {
            for (int i = 0; i < count; i++, _count++)
            {
                if (_count % 8 == 0) _bytes.Add(0);
                _bytes[^1] |= (byte)(((value >> i) & 1) << (_count % 8));
            }
        }

        internal byte[] ToArray() => [.. _bytes];
    }
}
