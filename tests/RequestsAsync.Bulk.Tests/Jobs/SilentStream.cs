namespace RequestsAsync.Bulk.Tests;

/// <summary>An open terminal at which nobody types: some bytes, and then a read that never comes back, whatever is cancelled.</summary>
internal sealed class SilentStream(byte[] first) : Stream
{
    private readonly TaskCompletionSource<int> _never = new();
    private int _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = Math.Min(buffer.Length, first.Length - _read);
        if (count == 0) return await _never.Task;
        first.AsMemory(_read, count).CopyTo(buffer);
        _read += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
