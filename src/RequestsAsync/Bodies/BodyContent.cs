using System.Net;

namespace RequestsAsync;

/// <summary>Hands a <see cref="Body"/> to the transport.</summary>
internal sealed class BodyContent : HttpContent
{
    private readonly Body _body;
    private readonly IProgress<TransferProgress>? _progress;

    public BodyContent(Body body, IProgress<TransferProgress>? progress)
    {
        _body = body;
        _progress = progress;
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
        WireStream wire = new(stream, _progress, _body.Length ?? Headers.ContentLength);
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
        if (_body is BytesBody bytes && _progress is null)
        {
            await stream.WriteAsync(bytes.Content, cancellationToken).ConfigureAwait(false);
            return;
        }

        WireStream wire = new(stream, _progress, _body.Length ?? Headers.ContentLength);
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
}
