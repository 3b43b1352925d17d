using System.Buffers;
using System.Runtime.CompilerServices;

namespace RequestsAsync;

// The body piece by piece, in bytes and in lines.
public sealed partial class Response
{
    private const int ChunkSize = 64 << 10;

    /// <summary>The body as it comes, piece by piece; for a body that is in memory, that as one piece.</summary>
    /// <param name="cancellationToken">Ends the reading early; the connection is lost then.</param>
    /// <returns>The pieces, decoded from their content codings. Each is valid until the next is asked for.</returns>
    /// <exception cref="BodyConsumedException">The body was read as a stream already.</exception>
    /// <exception cref="RequestException">The connection failed, or the data is damaged; the pieces before it were delivered.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ChunksAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (_body is { } body)
        {
            if (body.Length > 0) yield return body;
            yield break;
        }

        Stream stream = TakeStream();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and int read)
                yield return buffer.AsMemory(0, read);
        }
        finally
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The body as it comes, piece by piece, blocking the thread while it waits; for a body that is in memory, that as one piece.</summary>
    /// <inheritdoc cref="ChunksAsync" path="/returns|/exception"/>
    public IEnumerable<ReadOnlyMemory<byte>> Chunks()
    {
        if (_body is { } body)
        {
            if (body.Length > 0) yield return body;
            yield break;
        }

        LoopGuard.CheckBlocking(nameof(Chunks));
        using Stream stream = TakeStream();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            while (stream.Read(buffer) is > 0 and int read)
                yield return buffer.AsMemory(0, read);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The body as lines of text, each as soon as its end is here; a body that is in memory works too.</summary>
    /// <param name="cancellationToken">Ends the reading early; the connection is lost then.</param>
    /// <returns>
    /// The lines without their ends, which are <c>\r\n</c>, <c>\n</c> or <c>\r</c>. An end at the end of the body begins no further line.
    /// The encoding is that of <see cref="Text"/>, and <see cref="Encoding"/> is respected when it was set before.
    /// </returns>
    /// <exception cref="BodyConsumedException">The body was read as a stream already.</exception>
    /// <exception cref="RequestException">The connection failed, or the data is damaged; the whole lines before it were delivered.</exception>
    /// <exception cref="ContentException">
    /// A line is longer, in characters, than <see cref="SessionOptions.MaxResponseBytes"/>, since a line is held in memory. The body as a whole may be endless.
    /// </exception>
    public async IAsyncEnumerable<string> LinesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        LineDecoder lines = NewLineDecoder();
        await foreach (ReadOnlyMemory<byte> chunk in ChunksAsync(cancellationToken).ConfigureAwait(false))
        {
            for (int at = 0; at < chunk.Length; at += ChunkSize)
            {
                lines.Append(Slice(chunk, at));
                while (ReadLine(lines) is { } line)
                    yield return line;
            }
        }

        lines.Flush();
        while (ReadLine(lines) is { } line)
            yield return line;
    }

    /// <summary>The body as lines of text, each as soon as its end is here, blocking the thread while it waits; a body that is in memory works too.</summary>
    /// <inheritdoc cref="LinesAsync" path="/returns|/exception"/>
    public IEnumerable<string> Lines()
    {
        LineDecoder lines = NewLineDecoder();
        foreach (ReadOnlyMemory<byte> chunk in Chunks())
        {
            for (int at = 0; at < chunk.Length; at += ChunkSize)
            {
                lines.Append(Slice(chunk, at));
                while (ReadLine(lines) is { } line)
                    yield return line;
            }
        }

        lines.Flush();
        while (ReadLine(lines) is { } line)
            yield return line;
    }

    // A body in memory is one large chunk: in slices, its text is never in memory as a whole.
    private static ReadOnlySpan<byte> Slice(ReadOnlyMemory<byte> chunk, int start) =>
        chunk.Span.Slice(start, Math.Min(ChunkSize, chunk.Length - start));

    private LineDecoder NewLineDecoder()
    {
        TextDecoder decoder = Encoding is { } encoding ? new(encoding) : new(ContentType, _prepared.DefaultEncoding);
        return new LineDecoder(decoder, (int)Math.Min(int.MaxValue, _prepared.MaxResponseBytes));
    }

    private string? ReadLine(LineDecoder lines)
    {
        try
        {
            return lines.TryReadLine(out string? line) ? line : null;
        }
        catch (ContentException e)
        {
            throw Fail(new ContentException($"{_prepared}: {e.Message}"));
        }
    }
}
