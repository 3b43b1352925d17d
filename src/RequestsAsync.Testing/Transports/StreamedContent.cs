using System.Net;

namespace RequestsAsync.Testing;

/// <summary>Content of an answer that is one stream, as a transport's is: a blocking call may open it too, and its length is what the fields say.</summary>
internal abstract class StreamedContent : HttpContent
{
    // The field says it, and it says it of HEAD too; a count of bytes in memory would be none of the transport's.
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected abstract override Stream CreateContentReadStream(CancellationToken cancellationToken);

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected abstract override Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken);

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using Stream content = CreateContentReadStream(cancellationToken);
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static content => ((Stream)content!).Dispose(), content);
        try
        {
            content.CopyTo(stream);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is IOException or ObjectDisposedException)
        {
            throw new TaskCanceledException(e.Message, e, cancellationToken);
        }
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Stream content = await CreateContentReadStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
            await content.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
    }
}
