namespace RequestsAsync;

/// <summary>Content of the runtime's own kind.</summary>
internal sealed class HttpContentBody(HttpContent content) : Body(contentType: null)
{
    private int _sendings;

    public override long? Length => content.Headers.ContentLength;

    // Bytes, texts and forms can be written again; of a stream nobody knows.
    public override bool CanReplay => content is ByteArrayContent or ReadOnlyMemoryContent;

    internal override bool IsSpent => _sendings > 0 && !CanReplay;

    internal override void WriteTo(Stream target, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _sendings);
        content.CopyTo(target, context: null, cancellationToken);
    }

    internal override async ValueTask WriteToAsync(Stream target, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _sendings);
        await content.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
    }
}
