namespace RequestsAsync.Cli;

/// <summary>The body that comes from the command's input, where the input is a pipe or a file with data.</summary>
/// <remarks>
/// <para>
/// Nobody can tell a pipe that gets its data later from one that never gets any, as commands under ssh or a job runner have it. So the method decides:
/// with one that is about a body (<c>POST</c>, <c>PUT</c> …) the command waits for data or the end, and says so after a while. With none, or with one that is not
/// (<c>GET</c>, <c>DELETE</c> …), the first byte has <see cref="Patience"/> to come; then the request goes without a body, and a note says how to wait.
/// </para>
/// <para>What ends within <see cref="BufferedBytes"/> is sent with its length, which many servers ask for. More is sent in chunks while it comes.</para>
/// </remarks>
internal sealed class InputBody(StandardStreams streams, TimeProvider time)
{
    /// <summary>How long the first byte has.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    private const int BufferedBytes = 16 << 20;
    private const int ChunkBytes = 64 << 10;

    private static readonly TimeSpan NoticeAfter = TimeSpan.FromSeconds(3);

    /// <summary>The body, or <see langword="null"/> when the input is a terminal, closed, empty, or silent for too long.</summary>
    /// <param name="method">The method that was given, if any.</param>
    /// <param name="isStreamed">Whether it is to be sent while it comes, whatever its length.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<Body?> ReadAsync(string? method, bool isStreamed, CancellationToken cancellationToken)
    {
        if (streams.IsInputTerminal) return null;

        Stream input = streams.OpenInput();
        byte[] first = new byte[ChunkBytes];
        Task<int> reading = ReadOffThreadAsync(input, first, cancellationToken);
        int length = await AwaitFirstAsync(reading, method, cancellationToken).ConfigureAwait(false);
        if (length == 0) return null;

        if (input is FileStream { CanSeek: true } file)
        {
            file.Seek(-length, SeekOrigin.Current);
            return Body.FromStream(file);
        }

        if (isStreamed) return Body.FromAsyncStream(ChunksAsync(first.AsMemory(0, length), input, cancellationToken));
        return await BufferAsync(first.AsMemory(0, length), input, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> AwaitFirstAsync(Task<int> reading, string? method, CancellationToken cancellationToken)
    {
        bool waits = method is not null && !IsWithoutBody(method);
        try
        {
            return await reading.WaitAsync(waits ? NoticeAfter : Patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (waits)
        {
            await streams.Error.WriteLineAsync("requests: waiting for the body from the input; --ignore-stdin sends none.").ConfigureAwait(false);
            return await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await streams.Error.WriteLineAsync("requests: nothing came from the input, so no body is sent. POST waits for it; --ignore-stdin does not look.").ConfigureAwait(false);
            return 0;
        }
    }

    private static bool IsWithoutBody(string method) => method.ToUpperInvariant() is "GET" or "HEAD" or "DELETE" or "OPTIONS" or "TRACE";

    private static async Task<Body> BufferAsync(ReadOnlyMemory<byte> first, Stream input, CancellationToken cancellationToken)
    {
        MemoryStream buffer = new();
        buffer.Write(first.Span);
        byte[] chunk = new byte[ChunkBytes];
        while (buffer.Length < BufferedBytes)
        {
            int length = await ReadOffThreadAsync(input, chunk, cancellationToken).ConfigureAwait(false);
            if (length == 0) return Body.FromBytes(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));

            buffer.Write(chunk.AsSpan(0, length));
        }

        return Body.FromAsyncStream(ChunksAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), input, cancellationToken));
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ChunksAsync(
        ReadOnlyMemory<byte> first, Stream input, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return first;
        byte[] chunk = new byte[ChunkBytes];
        while (await ReadOffThreadAsync(input, chunk, cancellationToken).ConfigureAwait(false) is > 0 and int length)
            yield return chunk.AsMemory(0, length);
    }

    // A read from a terminal or a pipe holds its thread and cannot be cancelled; the process ends without it.
    private static Task<int> ReadOffThreadAsync(Stream input, Memory<byte> target, CancellationToken cancellationToken) =>
        Task.Run(() => Read(input, target.Span), cancellationToken).WaitAsync(cancellationToken);

    private static int Read(Stream input, Span<byte> target)
    {
        try
        {
            return input.Read(target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"The input cannot be read: {e.Message}", "--ignore-stdin does not look at it.", e);
        }
    }
}
