using System.Buffers;

namespace RequestsAsync;

/// <summary>Where a body is gathered that is long, or of unknown length: blocks from the pool, put together at the end.</summary>
/// <remarks>
/// An array as long as the body, made when its first byte comes, would live as long as the transfer takes. Large arrays that outlive a collection make the heap
/// of large objects grow, and then each body is written to memory that no cache and sometimes no page holds. These blocks are warm, and hold no more than twice what has come.
/// </remarks>
internal struct BodyBlocks
{
    private const int LargestBlock = 1 << 20;

    private readonly long _expected;
    private List<byte[]>? _full;
    private byte[] _block;
    private int _filled; // of the block

    /// <summary>Takes the first block.</summary>
    /// <param name="firstBlock">How long it is at least.</param>
    /// <param name="expected">How many bytes are expected, when that is known.</param>
    public BodyBlocks(int firstBlock, long? expected)
    {
        _expected = expected ?? long.MaxValue;
        _block = ArrayPool<byte>.Shared.Rent(firstBlock);
    }

    /// <summary>How many bytes are here.</summary>
    public long Length { get; private set; }

    /// <summary>Where the next bytes go; never empty.</summary>
    public readonly Memory<byte> Room => _block.AsMemory(_filled);

    /// <summary>Bytes have come.</summary>
    /// <param name="read">How many, into <see cref="Room"/>.</param>
    public void Advance(int read)
    {
        _filled += read;
        Length += read;
        if (_filled < _block.Length) return;

        // More than was expected may come from a handler of the caller's own.
        long missing = Length > _expected ? LargestBlock : Math.Max(_expected - Length, 1);
        byte[] next = ArrayPool<byte>.Shared.Rent((int)Math.Min(missing, Math.Min(_block.Length * 2, LargestBlock)));
        (_full ??= []).Add(_block);
        _block = next;
        _filled = 0;
    }

    /// <summary>The body, in an array of its own.</summary>
    public readonly byte[] ToArray()
    {
        byte[] body = GC.AllocateUninitializedArray<byte>((int)Length);
        Span<byte> rest = body;
        foreach (byte[] block in _full ?? [])
        {
            block.CopyTo(rest);
            rest = rest[block.Length..];
        }

        _block.AsSpan(0, _filled).CopyTo(rest);
        return body;
    }

    /// <summary>Gives the blocks back, once.</summary>
    public readonly void Return()
    {
        ArrayPool<byte>.Shared.Return(_block);
        foreach (byte[] block in _full ?? [])
            ArrayPool<byte>.Shared.Return(block);
    }
}
