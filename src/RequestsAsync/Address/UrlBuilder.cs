using System.Buffers;
using System.Text;

namespace RequestsAsync;

/// <summary>A URL while it is written: a growing buffer that can also be cut back.</summary>
internal ref struct UrlBuilder(Span<char> buffer)
{
    private Span<char> _buffer = buffer;
    private char[]? _rented;

    /// <summary>How many characters are written.</summary>
    public int Length { get; private set; }

    /// <summary>What is written.</summary>
    public readonly ReadOnlySpan<char> Written => _buffer[..Length];

    /// <summary>Cuts back to <paramref name="length"/> characters.</summary>
    public void Truncate(int length) => Length = length;

    public void Append(char c)
    {
        if (Length == _buffer.Length) Grow(1);
        _buffer[Length++] = c;
    }

    public void Append(scoped ReadOnlySpan<char> text) => text.CopyTo(Take(text.Length));

    /// <summary>Appends ASCII text in lower case.</summary>
    public void AppendLowerAscii(scoped ReadOnlySpan<char> text) => Ascii.ToLower(text, Take(text.Length), out _);

    public void Append(int number)
    {
        number.TryFormat(Take(11), out int written, provider: System.Globalization.CultureInfo.InvariantCulture);
        Length += written - 11;
    }

    /// <summary>Appends text as UTF-8, percent-encoding all but the characters of <paramref name="kept"/>.</summary>
    public void AppendEncoded(scoped ReadOnlySpan<char> text, SearchValues<char> kept)
    {
        while (true)
        {
            int encoded = text.IndexOfAnyExcept(kept);
            if (encoded < 0) break;

            Append(text[..encoded]);
            // A lone surrogate is decoded as U+FFFD, and encoded so.
            Rune.DecodeFromUtf16(text[encoded..], out Rune rune, out int consumed);
            AppendEncoded(rune);
            text = text[(encoded + consumed)..];
        }

        Append(text);
    }

    /// <summary>Gives the rented buffer back.</summary>
    public void Dispose()
    {
        // The URL may hold a password.
        if (_rented is not null) ArrayPool<char>.Shared.Return(_rented, clearArray: true);
        _rented = null;
    }

    private void AppendEncoded(Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (byte value in utf8[..rune.EncodeToUtf8(utf8)])
        {
            Append('%');
            Convert.TryToHexString([value], Take(2), out _);
        }
    }

    private Span<char> Take(int count)
    {
        if (_buffer.Length - Length < count) Grow(count);
        Length += count;
        return _buffer.Slice(Length - count, count);
    }

    private void Grow(int count)
    {
        char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(Length + count, _buffer.Length * 2));
        Written.CopyTo(larger);
        Dispose();
        _buffer = _rented = larger;
    }
}
