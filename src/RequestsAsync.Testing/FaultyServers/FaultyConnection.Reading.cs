namespace RequestsAsync.Testing;

public sealed partial class FaultyConnection
{
    private const int MaxHead = 16 << 20;

    private long _discarded; // since the head that was read last

    /// <summary>Reads to the empty line behind a request's fields, and records the request.</summary>
    /// <returns>The request; <see langword="null"/> where the client closed before the first byte of one.</returns>
    /// <exception cref="IOException">The client closed within the head or reset.</exception>
    public async Task<FaultyRequest?> ReadHeadAsync()
    {
        FaultyRequest? request = await ReadOnlyHeadAsync().ConfigureAwait(false);
        if (request is not null) _ready.TryWrite(request);
        return request;
    }

    /// <summary>
    /// Reads a whole request: its head, and its content as <see cref="ReadBodyAsync"/> does; a client that asks by <c>Expect: 100-continue</c> is told
    /// to go on. <see cref="FaultyServer.NextRequestAsync"/> gives it when all of it is there.
    /// </summary>
    /// <returns>The request; <see langword="null"/> where the client closed before the first byte of one.</returns>
    /// <exception cref="IOException">The client closed within the request, reset, or sent chunks that are none.</exception>
    public async Task<FaultyRequest?> ReadRequestAsync()
    {
        if (await ReadOnlyHeadAsync().ConfigureAwait(false) is not { } request) return null;

        await ContinueAsync().ConfigureAwait(false);
        await ReadBodyAsync().ConfigureAwait(false);
        _ready.TryWrite(request);
        return request;
    }

    /// <summary>
    /// Reads the content of the request whose head was read last, as its <c>Transfer-Encoding</c> or <c>Content-Length</c> says (RFC 9112 §6.3), and keeps it.
    /// What <see cref="ReadBytesAsync"/> has read of it before counts; of what <see cref="DiscardAsync"/> took nothing is left to keep.
    /// </summary>
    /// <returns>The content, without the framing of chunks.</returns>
    /// <exception cref="IOException">The client closed within it, reset, or sent chunks that are none.</exception>
    /// <exception cref="InvalidOperationException">No head was read, or a part of chunked content was discarded.</exception>
    public async Task<byte[]> ReadBodyAsync()
    {
        FaultyRequest request = Request ?? throw new InvalidOperationException("There is no head whose content could be read: read the head first.");
        if (request.IsComplete) return request.Body;

        if (_discarded == 0) _received.Unread(request.Rewind());
        FramedContent content = new(this, _discarded + request.Body.Length);
        await content.ReadAsync(request).ConfigureAwait(false);
        request.Complete();
        _log.Note();
        return request.Body;
    }

    /// <summary>Reads so many bytes and keeps them as content of the request, if there is one.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The bytes; fewer where the client closes first.</returns>
    /// <exception cref="IOException">The client reset.</exception>
    public async Task<byte[]> ReadBytesAsync(int count)
    {
        MemoryStream bytes = new();
        await foreach (ReadOnlyMemory<byte> part in PartsAsync(count).ConfigureAwait(false))
        {
            bytes.Write(part.Span);
            Keep(part, isContent: true);
        }

        return bytes.ToArray();
    }

    /// <summary>Reads so many bytes as <see cref="ReadBytesAsync"/> does, as UTF-8.</summary>
    /// <param name="count">How many bytes.</param>
    public async Task<string> ReadTextAsync(int count) => System.Text.Encoding.UTF8.GetString(await ReadBytesAsync(count).ConfigureAwait(false));

    /// <summary>Reads so many bytes and keeps none of them.</summary>
    /// <param name="count">How many.</param>
    /// <returns>How many they were: fewer where the client closes first.</returns>
    /// <exception cref="IOException">The client reset.</exception>
    public async Task<long> DiscardAsync(long count)
    {
        long discarded = 0;
        await foreach (ReadOnlyMemory<byte> part in PartsAsync(count).ConfigureAwait(false))
            discarded += part.Length;
        _discarded += discarded;
        return discarded;
    }

    /// <summary>Reads, keeping nothing, until the client closes.</summary>
    /// <exception cref="IOException">The client reset.</exception>
    public Task WaitForCloseAsync() => DiscardAsync(long.MaxValue);

    /// <summary>Takes so many bytes as content or framing of the request; the client must not close before.</summary>
    internal async ValueTask TakeAsync(long count, bool isContent)
    {
        long taken = 0;
        await foreach (ReadOnlyMemory<byte> part in PartsAsync(count).ConfigureAwait(false))
        {
            taken += part.Length;
            Keep(part, isContent);
        }

        if (taken < count) throw new ClientFaultException($"The client closed after {taken} of {count} bytes.");
    }

    /// <summary>Takes a line of the framing, without its CRLF.</summary>
    internal async ValueTask<string> TakeLineAsync()
    {
        int end;
        while ((end = _received.IndexOf("\r\n"u8)) < 0)
            if (!await FillAsync().ConfigureAwait(false)) throw new ClientFaultException("The client closed between two chunks.");

        ReadOnlyMemory<byte> line = _received.Take(end + 2);
        Keep(line, isContent: false);
        return System.Text.Encoding.Latin1.GetString(line.Span[..end]);
    }

    private async Task<FaultyRequest?> ReadOnlyHeadAsync()
    {
        int end;
        while ((end = _received.IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (_received.Count > MaxHead) throw new ClientFaultException($"The client sent {_received.Count} bytes and no end of a head.");
            if (await FillAsync().ConfigureAwait(false)) continue;
            return _received.Count == 0 ? null : throw new ClientFaultException($"The client closed after {_received.Count} bytes of a head.");
        }

        _discarded = 0;
        return Request = _log.Add(Number, _received.Take(end + 4).ToArray());
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> PartsAsync(long count)
    {
        while (count > 0 && (_received.Count > 0 || await FillAsync().ConfigureAwait(false)))
        {
            ReadOnlyMemory<byte> part = _received.Take(count);
            count -= part.Length;
            yield return part;
        }
    }

    private ValueTask<bool> FillAsync() => _received.FillAsync(_stream, Stop);

    private void Keep(ReadOnlyMemory<byte> bytes, bool isContent)
    {
        if (Request is null) return;

        Request.Append(bytes.Span, isContent);
        _log.Note();
    }
}
