using System.Net;

namespace RequestsAsync;

/// <summary>Hands a <see cref="Body"/> to the transport.</summary>
internal sealed class BodyContent : HttpContent
{
    private readonly Body _body;

    public BodyContent(Body body)
    {
        _body = body;
        if (body.ContentType is { } type) Headers.TryAddWithoutValidation("Content-Type", type);
    }

    /// <summary>What reading the caller's own stream threw, if it did: that is no failure of the network.</summary>
    public Exception? SourceFailure { get; private set; }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length ?? 0;
        return _body.Length is not null;
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        WireStream wire = new(stream);
        try
        {
            _body.WriteTo(wire, cancellationToken);
        }
        catch (Exception e) when (NoteSourceFailure(e, wire))
        {
            throw;
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (_body is BytesBody bytes)
        {
            await stream.WriteAsync(bytes.Content, cancellationToken).ConfigureAwait(false);
            return;
        }

        WireStream wire = new(stream);
        try
        {
            await _body.WriteToAsync(wire, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (NoteSourceFailure(e, wire))
        {
            throw;
        }
    }

    // A filter, so that the exception passes with its stack as it was.
    private bool NoteSourceFailure(Exception e, WireStream wire)
    {
        if (!wire.Failed && e is not OperationCanceledException) SourceFailure = e;
        return false;
    }

    /// <summary>The connection's stream, which remembers whether a failure was its own.</summary>
    private sealed class WireStream(Stream inner) : Stream
    {
        public bool Failed { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            try
            {
                inner.Write(buffer);
            }
            catch
            {
                Failed = true;
                throw;
            }
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            try
            {
                await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                Failed = true;
                throw;
            }
        }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
