using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary>
/// Prints a body for a person: decoded, formatted, coloured and harmless. Events and lines of JSON appear as they come; of anything else the
/// whole is formatted, unless it is too long for that, and then it is printed as it comes.
/// </summary>
internal sealed class BodyPrinter
{
    /// <summary>The characters up to which a body is formatted as a whole.</summary>
    public const int MaxFormatted = 16 << 20;

    /// <summary>The characters up to which a line is formatted.</summary>
    public const int MaxLine = 1 << 20;

    private const int SliceLength = 16 << 10;

    private readonly StandardStreams _streams;
    private readonly BodyFormatter _formatter;
    private readonly TextDecoder _decoder;
    private readonly CharBuffer _text = new();
    private readonly ShadedText _shaded;
    private readonly bool _isByLine;
    private readonly bool _isTerminal;
    private bool _isTooLong;
    private bool _isWithinLine;
    private char _last = '\n';

    public BodyPrinter(StandardStreams streams, PrintOptions options, string? contentType)
    {
        _streams = streams;
        _formatter = new(options, contentType);
        _decoder = new(contentType, defaultEncoding: null);
        _shaded = new(Palette.Of(options));
        _isTerminal = options.IsTerminal;
        _isByLine = options.Stream || _formatter.Kind is BodyKind.Events or BodyKind.JsonLines;
    }

    /// <summary>Prints the body.</summary>
    /// <param name="chunks">The body as it comes.</param>
    /// <param name="length">How long it is, where that is known.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>Whether it was printed to its end; of binary data a terminal gets a notice.</returns>
    public async Task<bool> WriteAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> chunks, long? length, CancellationToken cancellationToken)
    {
        bool isStarted = false;
        bool isBinary = false;
        await foreach (ReadOnlyMemory<byte> chunk in chunks.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (isBinary)
            {
                await _streams.Output.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
                continue;
            }

            for (int at = 0; at < chunk.Length && !isBinary; at += SliceLength)
            {
                _decoder.Decode(chunk.Span.Slice(at, Math.Min(SliceLength, chunk.Length - at)), isLast: false, _text);
                isBinary = !isStarted && TerminalText.IsBinary(_text.Unread);
                isStarted |= !_text.Unread.IsEmpty;
                if (!isBinary) await WriteReadyAsync(isLast: false, cancellationToken).ConfigureAwait(false);
            }

            if (!isBinary) continue;
            if (_isTerminal) return await WriteNoticeAsync(length, cancellationToken).ConfigureAwait(false);
            await _streams.Output.WriteAsync(chunk, cancellationToken).ConfigureAwait(false); // nothing of it was printed yet
        }

        if (isBinary) return true;

        _decoder.Decode([], isLast: true, _text);
        if (_isTerminal && !_isTooLong && !_isByLine && TerminalText.IsBinary(_text.Unread))
            return await WriteNoticeAsync(length, cancellationToken).ConfigureAwait(false);

        await WriteReadyAsync(isLast: true, cancellationToken).ConfigureAwait(false);
        if (_last != '\n') await WriteAsync("\n", cancellationToken).ConfigureAwait(false); // or the prompt would follow on the same line
        return true;
    }

    private async Task WriteReadyAsync(bool isLast, CancellationToken cancellationToken)
    {
        if (_isByLine)
        {
            while (TakeLine(isLast) is { } lines) await WriteAsync(lines, cancellationToken).ConfigureAwait(false);
        }
        else if (_isTooLong || _text.Unread.Length > MaxFormatted)
        {
            _isTooLong = true;
            await WriteAsync(TakePlain(_text.Unread.Length, isLast), cancellationToken).ConfigureAwait(false);
        }
        else if (isLast)
        {
            _formatter.Write(_text.Unread.ToString(), _shaded);
            await WriteAsync(_shaded.Take(), cancellationToken).ConfigureAwait(false);
        }
    }

    // The next line, formatted; of one that is too long, as much as there is of it.
    private string? TakeLine(bool isLast)
    {
        int end = _text.Unread.IndexOf('\n');
        if (end < 0 && _text.Unread.Length <= MaxLine && !_isWithinLine && !(isLast && !_text.Unread.IsEmpty)) return null;
        if (end < 0 && _text.Unread.IsEmpty) return null;

        if (_isWithinLine || (end < 0 ? _text.Unread.Length : end) > MaxLine)
        {
            _isWithinLine = end < 0;
            string piece = TakePlain(end < 0 ? _text.Unread.Length : end + 1, isLast || end >= 0);
            return piece.Length == 0 ? null : piece;
        }

        ReadOnlySpan<char> line = end < 0 ? _text.Unread : _text.Unread[..end];
        _formatter.WriteLine(line.TrimEnd('\r').ToString(), _shaded);
        _text.Discard(end < 0 ? line.Length : end + 1);
        if (end >= 0) _shaded.EndLine();
        return _shaded.Take();
    }

    // The end of a line may be cut: what follows a carriage return tells what it is.
    private string TakePlain(int length, bool isLast)
    {
        ReadOnlySpan<char> text = _text.Unread[..length];
        if (!isLast && text is [.., '\r']) text = text[..^1];
        string safe = TerminalText.Lines(text.ToString());
        _text.Discard(text.Length);
        return safe;
    }

    private async Task<bool> WriteNoticeAsync(long? length, CancellationToken cancellationToken)
    {
        string size = length is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes of binary data") : "Binary data";
        string verb = length is null ? "is" : "are";
        await WriteAsync($"[{size} {verb} not shown here. Write them to a file with -o FILE, or pipe them on.]\n", cancellationToken).ConfigureAwait(false);
        return false;
    }

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length == 0) return;

        _last = text[^1];
        await _streams.Text.WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
    }
}
