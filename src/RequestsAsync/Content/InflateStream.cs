using System.IO.Compression;

namespace RequestsAsync;

/// <summary>
/// The <c>deflate</c> coding: zlib by the letter (RFC 9110 §8.4.1.2), raw deflate by the habit of some servers. The first two bytes tell which it is.
/// </summary>
internal sealed class InflateStream(Stream inner) : ReadOnlyStream
{
    private readonly byte[] _head = new byte[2];
    private Stream? _decoder;

    public override int Read(Span<byte> buffer)
    {
        if (_decoder is null)
        {
            int read = inner.ReadAtLeast(_head, 2, throwOnEndOfStream: false);
            _decoder = Open(read);
        }

        return _decoder.Read(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_decoder is null)
        {
            int read = await inner.ReadAtLeastAsync(_head, 2, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            _decoder = Open(read);
        }

        return await _decoder.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decoder?.Dispose();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // RFC 1950 §2.2: method 8, a window of 32 KiB at most, and a header that is a multiple of 31.
    private Stream Open(int read)
    {
        bool isZlib = read == 2 && (_head[0] & 0x0F) == 8 && _head[0] >> 4 <= 7 && ((_head[0] << 8) | _head[1]) % 31 == 0;
        PrefixedStream whole = new(_head.AsMemory(0, read), inner);
        return isZlib ? new ZLibStream(whole, CompressionMode.Decompress) : new DeflateStream(whole, CompressionMode.Decompress);
    }
}
