namespace RequestsAsync.Bulk;

/// <summary>Reads the requests of an input, line by line, and never holds more of it than a line.</summary>
internal sealed class InputReader : IAsyncDisposable
{
    /// <summary>The longest line, in bytes; what is longer is an error record.</summary>
    public const int MaxLineBytes = 1 << 20;

    private static ReadOnlySpan<byte> GzipMark => [0x1f, 0x8b]; // RFC 1952 §2.3.1

    private readonly LineReader _lines;
    private readonly Stream _source;
    private InputFormat _format;

    private InputReader(Stream source, Stream text, InputFormat format)
    {
        _source = source;
        _lines = new(text, MaxLineBytes);
        _format = format;
    }

    /// <summary>The number of the line that was read last; 0 before the first.</summary>
    public long LastLine => _lines.Number;

    /// <summary>Opens an input; what begins as gzip does is decompressed.</summary>
    /// <param name="stream">The bytes; the reader disposes them.</param>
    /// <param name="format">How its lines are written.</param>
    /// <param name="cancellationToken">Ends the waiting for the first bytes.</param>
    public static async ValueTask<InputReader> OpenAsync(Stream stream, InputFormat format, CancellationToken cancellationToken = default)
    {
        byte[] first = new byte[2];
        int read;
        try
        {
            read = await stream.ReadAtLeastAsync(first, first.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            if (e is IOException) throw new InputException($"The input could not be read: {e.Message}", e);
            throw;
        }

        PrefixedStream whole = new(first.AsMemory(0, read), stream);
        return new(stream, first.AsSpan().SequenceEqual(GzipMark) ? new WholeGzipStream(whole) : whole, format);
    }

    /// <summary>Passes over the lines up to a number: those that the job has already.</summary>
    /// <exception cref="InputException">The input has fewer lines: it is another one, or was cut since.</exception>
    public async ValueTask SkipAsync(long lines, CancellationToken cancellationToken = default)
    {
        while (LastLine < lines)
        {
            if (!await ReadLineAsync(cancellationToken).ConfigureAwait(false))
                throw new InputException($"The job has read {lines} lines of its input, and this input ends after {LastLine}: resume it with the input that it was begun with.");
            if (_format == InputFormat.Auto && _lines.Line.Span.ContainsAnyExcept(" \t"u8)) _format = FormatOf(_lines.Line.Span);
        }
    }

    /// <summary>Reads requests into a batch until it is full, the input pauses with some in it, or ends.</summary>
    /// <param name="batch">Where they go; it is emptied first.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether the input may have more.</returns>
    /// <exception cref="InputException">The input is damaged.</exception>
    public async ValueTask<bool> ReadAsync(List<BulkRequest> batch, int most, CancellationToken cancellationToken = default)
    {
        batch.Clear();
        while (batch.Count < most)
        {
            // What is there is not held back for what may come: somebody may be typing it.
            if (!_lines.TryRead() && (batch.Count > 0 || !await ReadLineAsync(cancellationToken).ConfigureAwait(false))) return batch.Count > 0;
            if (Parse() is { } request) batch.Add(request);
        }

        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _lines.DisposeAsync().ConfigureAwait(false);
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _lines.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw new InputException($"The input is damaged behind line {LastLine}: its gzip data cannot be decompressed. The lines before it are in the job.", e);
        }
        catch (IOException e)
        {
            throw new InputException($"The input could not be read on behind line {LastLine}: {e.Message} The lines before it are in the job.", e);
        }
    }

    private BulkRequest? Parse()
    {
        ReadOnlySpan<byte> line = _lines.Line.Span;
        if (LastLine == 1 && line.StartsWith("\uFEFF"u8)) line = line["\uFEFF"u8.Length..];
        if (_lines.IsTooLong) return RequestLine.Bad($"The line is longer than {MaxLineBytes} bytes.", line, LastLine);

        line = line.Trim(" \t\r"u8);
        if (line.IsEmpty) return null;
        if (_format == InputFormat.Auto) _format = FormatOf(line);

        if (_format == InputFormat.JsonLines) return JsonRequestLine.Parse(line, LastLine);
        return line[0] == '#' ? null : RequestLine.Parse(line, LastLine);
    }

    // A comment does not tell: it stays open until a line does.
    private static InputFormat FormatOf(ReadOnlySpan<byte> line)
    {
        line = line.TrimStart("\uFEFF \t"u8);
        return line.IsEmpty || line[0] == '#' ? InputFormat.Auto : line[0] == '{' ? InputFormat.JsonLines : InputFormat.Text;
    }
}
