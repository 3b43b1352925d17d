using System.Net;

namespace RequestsAsync.Testing;

/// <summary>The content of a mocked response: read once, from a stream, as a transport's is.</summary>
/// <param name="body">What comes.</param>
/// <param name="clock">By which clock.</param>
/// <param name="atEnd">Called when all of it was read.</param>
internal sealed class MockContent(ReplyBody body, TimeProvider clock, Action atEnd) : HttpContent
{
    private Stream? _stream;

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => Open();

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(Open());

    protected override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? Task.FromCanceled<Stream>(cancellationToken) : CreateContentReadStreamAsync();

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using MockBodyStream source = Open();
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static source => ((Stream)source!).Dispose(), source);
        try
        {
            source.CopyTo(stream);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is IOException or ObjectDisposedException)
        {
            throw new TaskCanceledException(e.Message, e, cancellationToken);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        MockBodyStream source = Open();
        await using (source.ConfigureAwait(false))
            await source.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    // The field says it, and it says it of HEAD too; a count of bytes in memory would be none of the transport's.
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _stream?.Dispose();
        base.Dispose(disposing);
    }

    private MockBodyStream Open()
    {
        if (_stream is not null) throw new InvalidOperationException("The stream was already consumed. It cannot be read again.");

        MockBodyStream stream = new(body, clock, atEnd);
        _stream = stream;
        return stream;
    }
}
