namespace RequestsAsync;

/// <summary>Content of the runtime's own kind.</summary>
internal sealed class HttpContentBody(HttpContent content) : Body(contentType: null)
{
    public override long? Length => content.Headers.ContentLength;

    // Bytes, texts and forms can be written again; of a stream nobody knows.
    public override bool CanReplay => content is ByteArrayContent or ReadOnlyMemoryContent;

    internal override void WriteTo(Stream target, CancellationToken cancellationToken) => content.CopyTo(target, context: null, cancellationToken);

    internal override async ValueTask WriteToAsync(Stream target, CancellationToken cancellationToken) =>
        await content.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
}
