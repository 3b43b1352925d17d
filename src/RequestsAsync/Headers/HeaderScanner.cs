using System.Text;

namespace RequestsAsync;

/// <summary>Steps through a field value from left to right. No step fails; at the end each of them gives nothing.</summary>
internal ref struct HeaderScanner(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    /// <summary>What separates the parts of a field value, and what remains of one that was folded over lines.</summary>
    public static ReadOnlySpan<char> HttpWhitespace => " \t\r\n";

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Whether the next character is this one.</summary>
    public readonly bool IsAt(char c) => !_rest.IsEmpty && _rest[0] == c;

    /// <summary>Takes the next character if it is this one.</summary>
    public bool TryTake(char c)
    {
        if (!IsAt(c)) return false;
        _rest = _rest[1..];
        return true;
    }

    public void SkipWhitespace() => _rest = _rest.TrimStart(HttpWhitespace);

    /// <summary>Takes everything before the first of these characters, or all that is left.</summary>
    public ReadOnlySpan<char> TakeUntil(scoped ReadOnlySpan<char> terminators)
    {
        int length = _rest.IndexOfAny(terminators);
        ReadOnlySpan<char> taken = length < 0 ? _rest : _rest[..length];
        _rest = _rest[taken.Length..];
        return taken;
    }

    /// <summary>Takes everything before the first of these characters that stands outside a quoted string.</summary>
    public ReadOnlySpan<char> TakeUntilUnquoted(char terminator)
    {
        ReadOnlySpan<char> whole = _rest;
        while (true)
        {
            TakeUntil([terminator, '"']);
            if (!IsAt('"')) return whole[..^_rest.Length];
            SkipQuotedString(out _);
        }
    }

    /// <summary>Takes a quoted string without its quotes and escapes (RFC 9110 §5.6.4); the scanner stands at its opening quote.</summary>
    /// <param name="closed">Whether its closing quote was there; without one it reaches to the end.</param>
    public string TakeQuotedString(out bool closed) => Unescape(SkipQuotedString(out closed));

    private ReadOnlySpan<char> SkipQuotedString(out bool closed)
    {
        TryTake('"');
        ReadOnlySpan<char> inside = _rest;
        while (true)
        {
            TakeUntil("\"\\");
            if (_rest.IsEmpty)
            {
                closed = false;
                return inside;
            }

            if (TryTake('"'))
            {
                closed = true;
                return inside[..(inside.Length - _rest.Length - 1)];
            }

            _rest = _rest[Math.Min(2, _rest.Length)..];
        }
    }

    private static string Unescape(ReadOnlySpan<char> text)
    {
        int at = text.IndexOf('\\');
        if (at < 0) return text.ToString();

        StringBuilder plain = new(text.Length);
        for (; at >= 0; at = text.IndexOf('\\'))
        {
            plain.Append(text[..at]);
            text = text[(at + 1)..];
            // WHATWG MIME Sniffing: a backslash that escapes nothing is one itself.
            plain.Append(text.IsEmpty ? '\\' : text[0]);
            if (!text.IsEmpty) text = text[1..];
        }

        return plain.Append(text).ToString();
    }
}
