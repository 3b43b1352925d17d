using System.Text;

namespace RequestsAsync;

/// <summary>Splits a netrc file into tokens, with quotes, backslashes and comments as CPython and curl read them.</summary>
internal sealed class NetrcLexer
{
    private readonly string _text;
    private readonly string _file;
    private int _at;

    public NetrcLexer(string text, string file)
    {
        _text = text;
        _file = file;
    }

    /// <summary>The line that is being read, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The next keyword, or <see langword="null"/> at the end. A <c>#</c> where a keyword could stand begins a comment.</summary>
    public string? ReadKeyword()
    {
        while (true)
        {
            SkipWhiteSpace();
            if (_at == _text.Length) return null;
            if (_text[_at] != '#') return ReadToken();
            SkipLine();
        }
    }

    /// <summary>The next value, or <see langword="null"/> at the end. Here a <c>#</c> is a character as any other.</summary>
    public string? ReadValue()
    {
        SkipWhiteSpace();
        return _at == _text.Length ? null : ReadToken();
    }

    /// <summary>Skips the rest of a macro, which an empty line ends.</summary>
    public void SkipMacro()
    {
        int start = Line;
        SkipLine();
        while (_at < _text.Length)
        {
            bool isEmpty = _text[_at] == '\n' || _text.AsSpan(_at).StartsWith("\r\n", StringComparison.Ordinal);
            SkipLine();
            if (isEmpty) return;
        }

        throw Error("the macro is not ended by an empty line", start);
    }

    /// <summary>An error at a line, by default the present one. Its message must never quote the file: any token may be a secret.</summary>
    public InvalidRequestException Error(string problem, int? line = null) => new($"{_file}, line {line ?? Line}: {problem}.");

    private void SkipWhiteSpace()
    {
        while (_at < _text.Length && IsWhiteSpace(_text[_at]))
            Next();
    }

    private void SkipLine()
    {
        while (_at < _text.Length && Next() != '\n')
        {
        }
    }

    private string ReadToken()
    {
        if (_text[_at] == '"') return ReadQuoted();

        StringBuilder token = new();
        while (_at < _text.Length && !IsWhiteSpace(_text[_at]))
        {
            char c = Next();
            if (c == '\\' && _at < _text.Length) c = Next();
            token.Append(c);
        }

        return token.ToString();
    }

    private string ReadQuoted()
    {
        int start = Line;
        StringBuilder token = new();
        Next();
        while (_at < _text.Length)
        {
            char c = Next();
            if (c == '"') return token.ToString();
            if (c == '\\' && _at < _text.Length) c = Unescape(Next());
            token.Append(c);
        }

        throw Error("the quote is not closed", start);
    }

    // As curl: within quotes these letters stand for control characters; CPython knows only the letter itself.
    private static char Unescape(char c) => c switch
    {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        _ => c,
    };

    private char Next()
    {
        char c = _text[_at++];
        if (c == '\n') Line++;
        return c;
    }

    private static bool IsWhiteSpace(char c) => c is ' ' or '\t' or '\r' or '\n';
}
