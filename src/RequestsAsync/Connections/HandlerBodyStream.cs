namespace RequestsAsync;

/// <summary>The body of an answer for those who know the runtime's failures: <see cref="HttpIOException"/>, and <see cref="TaskCanceledException"/> for a timeout.</summary>
internal sealed class HandlerBodyStream(Stream inner) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return inner.Read(buffer);
        }
        catch (RequestException e)
        {
            throw Translate(e);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestException e)
        {
            throw Translate(e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private static Exception Translate(RequestException e)
    {
        Exception known = SessionHandler.Translate(e);
        return known is HttpRequestException { HttpRequestError: var error } ? new HttpIOException(error, e.Message, e) : known;
    }
}
