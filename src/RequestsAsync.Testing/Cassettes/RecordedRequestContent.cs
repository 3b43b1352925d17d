using System.Net;

namespace RequestsAsync.Testing;

/// <summary>Content that is noted while it is sent: it is read once, and nothing waits for its end.</summary>
internal sealed class RecordedRequestContent : HttpContent
{
    private readonly HttpContent _inner; // the caller's, who disposes it
    private readonly Recording _recording;

    public RecordedRequestContent(HttpContent inner, Recording recording)
    {
        _inner = inner;
        _recording = recording;
        MessageFields.Copy(inner, this);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _recording.Sent.Clear();
        using NotingStream noting = new(stream, _recording.Sent);
        try
        {
            _inner.CopyTo(noting, context, cancellationToken);
        }
        catch (Exception) when (NoteSourceFailure(noting, cancellationToken))
        {
            throw;
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _recording.Sent.Clear();
        NotingStream noting = new(stream, _recording.Sent);
        await using (noting.ConfigureAwait(false))
        {
            try
            {
                await _inner.CopyToAsync(noting, context, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (NoteSourceFailure(noting, cancellationToken))
            {
                throw;
            }
        }
    }

    // What reading the caller's content throws is no failure of the network, and nothing to replay: it throws once more by itself.
    private bool NoteSourceFailure(NotingStream noting, CancellationToken cancellationToken)
    {
        if (!noting.HasFailed && !cancellationToken.IsCancellationRequested) _recording.IsOfCaller = true;
        return false;
    }
}
