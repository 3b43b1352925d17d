using System.Net;

namespace RequestsAsync.Testing;

/// <summary>Content that is noted while it is sent: it is read once, and nothing waits for its end.</summary>
internal sealed class RecordedRequestContent : HttpContent
{
    private readonly HttpContent _inner; // the caller's, who disposes it
    private readonly RecordedBytes _bytes;

    public RecordedRequestContent(HttpContent inner, RecordedBytes bytes)
    {
        _inner = inner;
        _bytes = bytes;
        MessageFields.Copy(inner, this);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _bytes.Clear();
        using NotingStream noting = new(stream, _bytes);
        _inner.CopyTo(noting, context, cancellationToken);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _bytes.Clear();
        NotingStream noting = new(stream, _bytes);
        await using (noting.ConfigureAwait(false))
            await _inner.CopyToAsync(noting, context, cancellationToken).ConfigureAwait(false);
    }
}
