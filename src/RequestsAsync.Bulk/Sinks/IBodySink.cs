namespace RequestsAsync.Bulk;

/// <summary>A place for the contents of responses beside their records: WARC files, files by content hash.</summary>
/// <remarks>It is used by one thread at a time. A body is stored before its record is written, so that a record never points to nothing.</remarks>
public interface IBodySink : IAsyncDisposable
{
    /// <summary>Stores a response, and says in the record where it is.</summary>
    /// <param name="record">The record, whole but for the place.</param>
    /// <param name="body">The content as far as it was read, decoded.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    ValueTask StoreAsync(BulkRecord record, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default);

    /// <summary>Makes all that was stored durable: it is on the disk when this returns.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken = default);
}
