namespace RequestsAsync;

/// <summary>Content that comes piece by piece.</summary>
internal sealed class AsyncStreamBody(IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, string? contentType) : Body(contentType)
{
    private int _sendings;

    public override long? Length => null;

    public override bool CanReplay => false;

    internal override bool CanWriteBlocking => false;

    internal override bool IsSpent => _sendings > 0;

    internal override void WriteTo(Stream target, CancellationToken cancellationToken) =>
        throw new NotSupportedException("An asynchronous stream cannot be written by a blocking call.");

    internal override async ValueTask WriteToAsync(Stream target, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _sendings) > 1) throw SentTwice();
        await foreach (ReadOnlyMemory<byte> chunk in chunks.WithCancellation(cancellationToken).ConfigureAwait(false))
            await target.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
    }
}
