using System.Diagnostics.CodeAnalysis;

namespace RequestsAsync;

/// <summary>Splits a body that comes in chunks into lines at <c>\r\n</c>, <c>\n</c> and <c>\r</c>, however the chunks cut it.</summary>
/// <remarks>
/// A line is there as soon as its terminator is: after <c>\r</c> nothing waits for a <c>\n</c>, which is dropped when it comes.
/// A terminator at the end begins no further line.
/// </remarks>
internal sealed class LineDecoder
{
    private readonly TextDecoder _decoder;
    private readonly int _maxLineLength;
    private readonly CharBuffer _text = new();
    private int _searched;
    private bool _afterCarriageReturn;
    private bool _ended;

    /// <param name="decoder">Decodes the body's bytes.</param>
    /// <param name="maxLineLength">The most characters that a line may have.</param>
    public LineDecoder(TextDecoder decoder, int maxLineLength = int.MaxValue)
    {
        _decoder = decoder;
        _maxLineLength = maxLineLength;
    }

    /// <summary>Takes the next chunk of the body. Read the lines it completed before the next one.</summary>
    public void Append(ReadOnlySpan<byte> chunk) => _decoder.Decode(chunk, isLast: false, _text);

    /// <summary>Ends the body: what follows the last terminator becomes a line.</summary>
    public void Flush()
    {
        if (_ended) return;
        _ended = true;
        _decoder.Decode([], isLast: true, _text);
    }

    /// <summary>Takes the next line, without its terminator.</summary>
    /// <exception cref="ContentException">A line is longer than allowed.</exception>
    public bool TryReadLine([NotNullWhen(true)] out string? line)
    {
        DropLineFeed();
        ReadOnlySpan<char> text = _text.Unread;
        int length = text[_searched..].IndexOfAny('\r', '\n');
        if (length < 0 && !(_ended && !text.IsEmpty))
        {
            _searched = text.Length;
            EnsureAllowed(text.Length);
            line = null;
            return false;
        }

        bool terminated = length >= 0;
        length = terminated ? _searched + length : text.Length;
        EnsureAllowed(length);
        line = text[..length].ToString();
        _afterCarriageReturn = terminated && text[length] == '\r';
        _searched = 0;
        _text.Discard(terminated ? length + 1 : length);
        return true;
    }

    private void DropLineFeed()
    {
        if (!_afterCarriageReturn || _text.Unread.IsEmpty) return;
        _afterCarriageReturn = false;
        if (_text.Unread[0] == '\n') _text.Discard(1);
    }

    private void EnsureAllowed(int length)
    {
        if (length > _maxLineLength)
            throw new ContentException($"A line of the body is longer than {_maxLineLength} characters. Read it in chunks, or allow longer lines.");
    }
}
