using System.Net.Sockets;

namespace RequestsAsync.Testing;

/// <summary>A socket as a stream that counts, and that gives bytes read ahead once more.</summary>
internal sealed class CountingSocketStream(Socket socket) : Stream
{
    private ReadOnlyMemory<byte> _ahead;

    public long Received { get; private set; }

    public long Sent { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Puts bytes back, to be read first.</summary>
    public void Unread(ReadOnlyMemory<byte> bytes) => _ahead = bytes;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_ahead.IsEmpty)
        {
            int read = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
            Received += read;
            return read;
        }

        ReadOnlyMemory<byte> first = _ahead[..Math.Min(buffer.Length, _ahead.Length)];
        first.CopyTo(buffer);
        _ahead = _ahead[first.Length..];
        return first.Length;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            int sent = await socket.SendAsync(buffer, cancellationToken).ConfigureAwait(false);
            Sent += sent;
            buffer = buffer[sent..];
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("No thread waits here.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("No thread waits here.");

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
