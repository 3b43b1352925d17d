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
        IAsyncEnumerator<ReadOnlyMemory<byte>> source = chunks.GetAsyncEnumerator(cancellationToken);
        await using (source.ConfigureAwait(false))
        {
            while (true)
            {
                ValueTask<bool> next = source.MoveNextAsync();
                if (!next.IsCompleted) await target.FlushAsync(cancellationToken).ConfigureAwait(false); // the transport gathers small pieces, and more may be long in coming
                if (!await next.ConfigureAwait(false)) return;
                await target.WriteAsync(source.Current, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
