using Microsoft.Win32.SafeHandles;

namespace RequestsAsync;

/// <summary>Reads an open file from its beginning, and leaves it open.</summary>
internal sealed class PartReader(SafeFileHandle handle) : ReadOnlyStream
{
    private long _position;

    public override int Read(Span<byte> buffer)
    {
        int read = RandomAccess.Read(handle, buffer, _position);
        _position += read;
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await RandomAccess.ReadAsync(handle, buffer, _position, cancellationToken).ConfigureAwait(false);
        _position += read;
        return read;
    }
}
