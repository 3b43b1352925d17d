namespace RequestsAsync.Testing;

/// <summary>Content that is noted while the caller reads it.</summary>
internal sealed class RecordedResponseContent : StreamedContent
{
    private readonly HttpContent _inner;
    private readonly Recording _recording;

    public RecordedResponseContent(HttpContent inner, Recording recording)
    {
        _inner = inner;
        _recording = recording;
        MessageFields.Copy(inner, this);
    }

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => new RecordedStream(_inner.ReadAsStream(cancellationToken), _recording);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new RecordedStream(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), _recording);

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }
}
