using System.IO.Compression;

namespace RequestsAsync.Bulk;

/// <summary>Decompresses gzip, of one member or several, and takes an early end of the data for what it is: damage.</summary>
internal sealed class WholeGzipStream : ReadOnlyStream
{
    private readonly CodedStream _coded;
    private readonly GZipStream _gzip;

    public WholeGzipStream(Stream data)
    {
        _coded = new(data, isGzip: true);
        _gzip = new(_coded, CompressionMode.Decompress);
    }

    public override int Read(Span<byte> buffer) => Check(_gzip.Read(buffer), buffer.Length);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Check(await _gzip.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _gzip.Dispose();
        base.Dispose(disposing);
    }

    private int Check(int read, int asked) =>
        read > 0 || asked == 0 || !_coded.IsCutOff ? read : throw new InvalidDataException("The gzip data ends too early.");
}
