using System.Net;

namespace RequestsAsync.Testing;

/// <summary>Content of an answer that is one stream, which may be opened by a blocking call too.</summary>
internal abstract class StreamedContent : HttpContent
{
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false; // what the fields say counts
    }

    protected abstract override Stream CreateContentReadStream(CancellationToken cancellationToken);

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected abstract override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken);

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using Stream content = CreateContentReadStream(cancellationToken);
        content.CopyTo(stream);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Stream content = await CreateContentReadStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
            await content.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
    }
}
