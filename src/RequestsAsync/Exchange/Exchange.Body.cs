namespace RequestsAsync;

// The body of an answer: opened, read into memory, handed to the caller, or let go.
internal sealed partial class Exchange
{
    // The body of a redirect or of a challenge is seldom looked at: as much of it is kept as fits in a page, more is let go with its connection.
    private const long KeptBytes = 64 << 10;

    private ValueTask BufferAsync(Response response, long limit, CancellationToken cancellationToken)
    {
        if (response.HasBody) return default;
        if (response.IsAttached) return response.BufferAsync(limit, _async, cancellationToken);

        return _async && OpensAtOnce(response.Message.Content)
            ? response.BufferAsync(Open(response.Message, cancellationToken), limit, async: true, cancellationToken)
            : OpenAndBufferAsync(response, limit, cancellationToken);
    }

    private async ValueTask OpenAndBufferAsync(Response response, long limit, CancellationToken cancellationToken)
    {
        Stream body = await OpenAsync(response.Message, cancellationToken).ConfigureAwait(false);
        if (_async)
        {
            await response.BufferAsync(body, limit, async: true, cancellationToken).ConfigureAwait(false);
            return;
        }

        // A blocking read takes no token: cancelling it means taking the connection away.
        using (cancellationToken.UnsafeRegister(static message => ((HttpResponseMessage)message!).Dispose(), response.Message))
            await response.BufferAsync(body, limit, async: false, cancellationToken).ConfigureAwait(false);
    }

    // The limit for bodies is not for these, and their damage is nobody's loss.
    private async ValueTask KeepAsync(Response response, CancellationToken cancellationToken)
    {
        try
        {
            await BufferAsync(response, KeptBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ContentException or ConnectionLostException or HttpRequestException or IOException && !cancellationToken.IsCancellationRequested)
        {
            response.Dispose();
        }
    }

    // Makes the body readable while the call goes on.
    private async ValueTask AttachAsync(Response response)
    {
        if (!response.IsAttached && !response.HasBody)
        {
            response.Sending?.ReadEnds(); // from here on somebody asks for each read
            response.Attach(new ResponseStream(await OpenAsync(response.Message, _deadline!.Token).ConfigureAwait(false), response, _deadline));
        }
    }

    // The call returns and the body is still on its way: from here on the stream ends the deadline.
    private async ValueTask HandOverAsync(Response response)
    {
        await AttachAsync(response).ConfigureAwait(false);
        _deadline!.ReleaseCaller();
        if (response.TryOwn(_deadline)) _deadline = null;
    }

    // The network's own content opens without a task, and so does what is in memory; any other may have to be written first.
    private bool OpensAtOnce(HttpContent content) => _way.IsNetwork || content is ByteArrayContent or ReadOnlyMemoryContent;

    private async ValueTask<Stream> OpenAsync(HttpResponseMessage message, CancellationToken cancellationToken) => _async && !OpensAtOnce(message.Content)
        ? ContentDecoding.Decode(await message.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), message.Content)
        : Open(message, cancellationToken);

    private static Stream Open(HttpResponseMessage message, CancellationToken cancellationToken) =>
        ContentDecoding.Decode(message.Content.ReadAsStream(cancellationToken), message.Content);
}
