namespace RequestsAsync.Testing;

/// <summary>The content of a mocked response: read once, from a stream, as a transport's is.</summary>
/// <param name="body">What comes.</param>
/// <param name="clock">By which clock.</param>
/// <param name="atEnd">Called when all of it was read.</param>
internal sealed class MockContent(ReplyBody body, TimeProvider clock, Action atEnd) : StreamedContent
{
    private Stream? _stream;

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken)
    {
        if (_stream is not null) throw new InvalidOperationException("The stream was already consumed. It cannot be read again.");
        return _stream = new MockBodyStream(body, clock, atEnd);
    }

    protected override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<Stream>(cancellationToken) : Task.FromResult(CreateContentReadStream(cancellationToken));

    protected override void Dispose(bool disposing)
    {
        if (disposing) _stream?.Dispose();
        base.Dispose(disposing);
    }
}
