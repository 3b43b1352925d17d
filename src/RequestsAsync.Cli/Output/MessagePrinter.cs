using System.Globalization;
using System.Runtime.CompilerServices;

namespace RequestsAsync.Cli;

/// <summary>Prints requests and responses, part by part with a blank line between: for a person with everything harmless, for a program byte by byte.</summary>
internal sealed class MessagePrinter(StandardStreams streams, PrintOptions options)
{
    private readonly HeadFormatter _heads = new(options);
    private readonly ShadedText _shaded = new(Palette.Of(options));
    private bool _isAfterBody;
    private bool _isLineOpen;

    /// <summary>Prints the last request.</summary>
    public Task WriteRequestAsync(SentMessage request, CancellationToken cancellationToken) =>
        WriteRequestAsync(request, options.Last, cancellationToken);

    /// <summary>Prints the last response, reading its body where that is printed, and its metadata.</summary>
    public Task WriteResponseAsync(Response response, CancellationToken cancellationToken) =>
        WriteResponseAsync(response, options.Last, hasBody: true, cancellationToken);

    /// <summary>Prints a request before the last, one that was redirected.</summary>
    public Task WriteIntermediateRequestAsync(SentMessage request, CancellationToken cancellationToken) =>
        WriteRequestAsync(request, options.Intermediate, cancellationToken);

    /// <summary>Prints a response before the last, one of <see cref="Response.History"/>, without its body where that was too long to be kept, or broke off.</summary>
    public Task WriteIntermediateResponseAsync(Response response, CancellationToken cancellationToken) =>
        WriteResponseAsync(response, options.Intermediate, response.HasBody, cancellationToken);

    /// <summary>Prints the metadata of a response whose body went elsewhere, once it is there.</summary>
    /// <param name="response">The response.</param>
    /// <param name="bodyLength">The bytes of its body; <see langword="null"/> when nobody has counted them.</param>
    public async Task WriteMetaAsync(Response response, long? bodyLength)
    {
        await BeginPartAsync().ConfigureAwait(false);
        new MetaText(options).Write(response, bodyLength, _shaded);
        await streams.Text.WriteAsync(_shaded.Take()).ConfigureAwait(false);
        _isAfterBody = true;
    }

    private async Task WriteRequestAsync(SentMessage request, MessageParts parts, CancellationToken cancellationToken)
    {
        if (parts.HasFlag(MessageParts.RequestHead))
        {
            await BeginPartAsync().ConfigureAwait(false);
            _heads.WriteRequestLine(request.StartLine, _shaded);
            await WriteFieldsAsync(request.Headers).ConfigureAwait(false);
        }

        if (parts.HasFlag(MessageParts.RequestBody) && request.Body is { Length: > 0 } body)
            await WriteBodyAsync(One(body), request.ContentType, body.Length, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteResponseAsync(Response response, MessageParts parts, bool hasBody, CancellationToken cancellationToken)
    {
        if (parts.HasFlag(MessageParts.ResponseHead))
        {
            await BeginPartAsync().ConfigureAwait(false);
            _heads.WriteStatusLine(response, _shaded);
            await WriteFieldsAsync(response.Headers).ConfigureAwait(false);
        }

        long? length = null;
        if (hasBody && parts.HasFlag(MessageParts.ResponseBody))
            length = await WriteBodyAsync(response.ChunksAsync(cancellationToken), ContentTypeOf(response), Length(response), cancellationToken).ConfigureAwait(false);
        if (!parts.HasFlag(MessageParts.Meta)) return;

        // The time until the last byte is known only after it.
        if (hasBody && !parts.HasFlag(MessageParts.ResponseBody)) length = await SkipBodyAsync(response, cancellationToken).ConfigureAwait(false);
        await WriteMetaAsync(response, length).ConfigureAwait(false);
    }

    private string? ContentTypeOf(Response response)
    {
        string? told = response.Headers["Content-Type"];
        if (options is { ResponseMime: null, ResponseCharset: null }) return told;

        MediaType? type = MediaType.Extract(told);
        string? charset = options.ResponseCharset ?? type?.Charset;
        string essence = options.ResponseMime ?? type?.Essence ?? "text/plain";
        return charset is null ? essence : $"{essence}; charset={charset}";
    }

    private async Task WriteFieldsAsync(IEnumerable<KeyValuePair<string, string>> fields)
    {
        _heads.WriteFields(fields, _shaded);
        await streams.Text.WriteAsync(_shaded.EndLine().Take()).ConfigureAwait(false);
        _isAfterBody = false;
    }

    // Gives the bytes of the body, unless it was not read to its end.
    private async Task<long?> WriteBodyAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, string? contentType, long? length, CancellationToken cancellationToken)
    {
        Count count = new();
        chunks = ObserveAsync(chunks, count, cancellationToken);
        if (options.IsProcessed)
        {
            bool isWhole = await new BodyPrinter(streams, options, contentType).WriteAsync(chunks, length, cancellationToken).ConfigureAwait(false);
            return isWhole ? count.Bytes : null;
        }

        await foreach (ReadOnlyMemory<byte> chunk in chunks.ConfigureAwait(false))
        {
            await streams.Output.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
            _isLineOpen = chunk.Span[^1] != '\n';
        }

        return count.Bytes;
    }

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> ObserveAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, Count count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ReadOnlyMemory<byte> chunk in chunks.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (count.Bytes == 0) await BeginPartAsync().ConfigureAwait(false);
            count.Bytes += chunk.Length;
            _isAfterBody = true;
            yield return chunk;
        }
    }

    private static async Task<long> SkipBodyAsync(Response response, CancellationToken cancellationToken)
    {
        long length = 0;
        await foreach (ReadOnlyMemory<byte> chunk in response.ChunksAsync(cancellationToken).ConfigureAwait(false))
            length += chunk.Length;
        return length;
    }

    // A blank line stands after a head already; after a body it may have to end the body's last line first.
    private async Task BeginPartAsync()
    {
        if (_isAfterBody) await streams.Text.WriteAsync(_isLineOpen ? "\n\n" : "\n").ConfigureAwait(false);
        _isAfterBody = _isLineOpen = false;
    }

    // The Content-Length counts what is on the wire, which is the body only where no coding lies over it.
    private static long? Length(Response response) =>
        response.Headers["Content-Encoding"] is null
        && long.TryParse(response.Headers["Content-Length"], NumberStyles.None, CultureInfo.InvariantCulture, out long length) ? length : null;

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> One(byte[] body)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return body;
    }

    private sealed class Count
    {
        public long Bytes { get; set; }
    }
}
