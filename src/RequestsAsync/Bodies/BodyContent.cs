using System.Net;

namespace RequestsAsync;

/// <summary>Hands a <see cref="Body"/> to the transport.</summary>
internal sealed class BodyContent : HttpContent
{
    private static readonly byte[] Padding = new byte[64 << 10];

    private readonly Body _body;
    private readonly IProgress<TransferProgress>? _progress;
    private readonly Sending _sending;
    private CancellationTokenSource? _stop;
    private volatile Task? _copying;

    public BodyContent(Body body, IProgress<TransferProgress>? progress, Sending sending)
    {
        _body = body;
        _progress = progress;
        _sending = sending;
        if (body.ContentType is { } type) Headers.TryAddWithoutValidation("Content-Type", type);
    }

    /// <summary>Whether it is still being sent. Over HTTP/2 the answer may be here before.</summary>
    public bool IsGoingOn => _copying is { IsCompleted: false };

    /// <summary>What reading the caller's own stream threw, if it did: that is no failure of the network.</summary>
    public Exception? SourceFailure { get; private set; }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length ?? 0;
        return _body.Length is not null;
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _sending.BodyBegins();
        WireStream wire = NewWire(stream);
        try
        {
            _body.WriteTo(wire, cancellationToken);
        }
        catch (UnwantedBodyException)
        {
            for (long left = Unwritten(wire); left > 0; left -= Padding.Length)
                stream.Write(Padding.AsSpan(0, (int)Math.Min(left, Padding.Length)));
        }
        catch (Exception e) when (NoteSourceFailure(e, wire, cancellationToken))
        {
            throw;
        }

        _sending.BodyEnds();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _sending.BodyBegins();
        if (_body is BytesBody { Length: <= WireStream.PieceLength } bytes && _progress is null)
        {
            _sending.WriteBegins();
            await stream.WriteAsync(bytes.Content, cancellationToken).ConfigureAwait(false);
            _sending.BodyEnds();
            return;
        }

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stop = stop;
        Task copying = CopyAsync(stream, stop.Token);
        _copying = copying;
        await copying.ConfigureAwait(false);
    }

    /// <summary>Ends the sending, whose answer is here. Then the body can be sent again.</summary>
    /// <exception cref="OperationCanceledException">The source does not listen, and the token was cancelled.</exception>
    public async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        if (_copying is not { IsCompleted: false } copying) return;

        try
        {
            await _stop!.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (ObjectDisposedException)
        {
            // it has ended at this very moment
        }

        await copying.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task CopyAsync(Stream stream, CancellationToken cancellationToken)
    {
        WireStream wire = NewWire(stream);
        try
        {
            await _body.WriteToAsync(wire, cancellationToken).ConfigureAwait(false);
        }
        catch (UnwantedBodyException)
        {
            for (long left = Unwritten(wire); left > 0; left -= Padding.Length)
                await stream.WriteAsync(Padding.AsMemory(0, (int)Math.Min(left, Padding.Length)), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (NoteSourceFailure(e, wire, cancellationToken))
        {
            throw;
        }

        _sending.BodyEnds();
    }

    private WireStream NewWire(Stream stream) => new(stream, _progress, _body.Length ?? Headers.ContentLength, _sending);

    // The transport goes on to the answer only when it has seen as many bytes as were promised. The connection drops these.
    private long Unwritten(WireStream wire) => (_body.Length ?? Headers.ContentLength ?? wire.Written) - wire.Written;

    // A filter, so that the exception passes with its stack as it was.
    private bool NoteSourceFailure(Exception e, WireStream wire, CancellationToken cancellationToken)
    {
        if (!wire.Failed && !(e is OperationCanceledException && cancellationToken.IsCancellationRequested)) SourceFailure = e;
        return false;
    }
}
