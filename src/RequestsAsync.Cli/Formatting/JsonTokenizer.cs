using System.Buffers;

namespace RequestsAsync.Cli;

/// <summary>Takes a JSON text apart (RFC 8259) and keeps every piece as it is written: long numbers, names that come twice, escapes.</summary>
internal ref struct JsonTokenizer
{
    /// <summary>How deep it may be nested: indentation of what lies deeper would be much longer than the text.</summary>
    public const int MaxDepth = 256;

    // What ends a run of ordinary characters in a string. A control character may not stand there as it is.
    private static readonly SearchValues<char> Special = SearchValues.Create(
        "\"\\" + string.Concat(Enumerable.Range(0, 0x20).Select(static c => (char)c)));

    private readonly ReadOnlySpan<char> _text;
    private readonly List<JsonToken> _tokens;
    private readonly Stack<bool> _isObject = new();
    private int _at;

    private JsonTokenizer(ReadOnlySpan<char> text, List<JsonToken> tokens)
    {
        _text = text;
        _tokens = tokens;
    }

    /// <summary>The pieces of a text; <see langword="null"/> when it is not JSON, or nested too deep.</summary>
    public static List<JsonToken>? Tokenize(ReadOnlySpan<char> text)
    {
        List<JsonToken> tokens = [];
        return new JsonTokenizer(text, tokens).TryRead() ? tokens : null;
    }

    private bool TryRead()
    {
        do
        {
            if (!TryReadName() || !TryReadValue()) return false;
        }
        while (TryReadComma());

        SkipBlanks();
        return _isObject.Count == 0 && _at == _text.Length;
    }

    // In an object a value has a name before it.
    private bool TryReadName()
    {
        if (!_isObject.TryPeek(out bool isObject) || !isObject) return true;
        return TryReadString(JsonTokenKind.Key) && TryTake(':', JsonTokenKind.Colon);
    }

    // A value that is one, or the start of a container with something in it.
    private bool TryReadValue()
    {
        while (true)
        {
            switch (Next())
            {
                case '{':
                    Take(JsonTokenKind.ObjectStart, 1);
                    if (TryTake('}', JsonTokenKind.ObjectEnd)) return true;
                    _isObject.Push(true);
                    if (_isObject.Count > MaxDepth || !TryReadName()) return false;
                    break;
                case '[':
                    Take(JsonTokenKind.ArrayStart, 1);
                    if (TryTake(']', JsonTokenKind.ArrayEnd)) return true;
                    _isObject.Push(false);
                    if (_isObject.Count > MaxDepth) return false;
                    break;
                case '"':
                    return TryReadString(JsonTokenKind.Text);
                case '-' or (>= '0' and <= '9'):
                    return TryReadNumber();
                default:
                    return TryReadWord("true") || TryReadWord("false") || TryReadWord("null");
            }
        }
    }

    // After a value: the ends of containers, then a comma.
    private bool TryReadComma()
    {
        while (_isObject.TryPeek(out bool isObject))
        {
            if (TryTake(',', JsonTokenKind.Comma)) return true;
            if (!(isObject ? TryTake('}', JsonTokenKind.ObjectEnd) : TryTake(']', JsonTokenKind.ArrayEnd))) return false;
            _isObject.Pop();
        }

        return false;
    }

    private bool TryReadString(JsonTokenKind kind)
    {
        if (Next() != '"') return false;

        int at = _at + 1;
        while (true)
        {
            int length = _text[at..].IndexOfAny(Special);
            if (length < 0) return false;
            at += length;
            if (_text[at] == '"') break;
            if (_text[at] != '\\' || EscapeLength(_text[at..]) is not (> 0 and int escape)) return false;
            at += escape;
        }

        Take(kind, at + 1 - _at);
        return true;
    }

    private static int EscapeLength(ReadOnlySpan<char> text) => text switch
    {
        [_, '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't', ..] => 2,
        [_, 'u', var a, var b, var c, var d, ..] when
            char.IsAsciiHexDigit(a) && char.IsAsciiHexDigit(b) && char.IsAsciiHexDigit(c) && char.IsAsciiHexDigit(d) => 6,
        _ => 0,
    };

    private bool TryReadNumber()
    {
        ReadOnlySpan<char> rest = _text[_at..];
        int length = rest[0] == '-' ? 1 : 0;
        int digits = Digits(rest[length..]);
        if (digits == 0 || (digits > 1 && rest[length] == '0')) return false;

        length += digits;
        if (length < rest.Length && rest[length] == '.')
        {
            digits = Digits(rest[(length + 1)..]);
            if (digits == 0) return false;
            length += digits + 1;
        }

        if (length < rest.Length && rest[length] is ('e' or 'E'))
        {
            length++;
            if (length < rest.Length && rest[length] is ('+' or '-')) length++;
            digits = Digits(rest[length..]);
            if (digits == 0) return false;
            length += digits;
        }

        Take(JsonTokenKind.Number, length);
        return true;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    private bool TryReadWord(ReadOnlySpan<char> word)
    {
        if (!_text[_at..].StartsWith(word)) return false;

        Take(JsonTokenKind.Word, word.Length);
        return true;
    }

    private bool TryTake(char c, JsonTokenKind kind)
    {
        if (Next() != c) return false;

        Take(kind, 1);
        return true;
    }

    private void Take(JsonTokenKind kind, int length)
    {
        _tokens.Add(new(kind, _at, length));
        _at += length;
    }

    private char Next()
    {
        SkipBlanks();
        return _at < _text.Length ? _text[_at] : '\0';
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && _text[_at] is (' ' or '\t' or '\n' or '\r')) _at++;
    }
}
