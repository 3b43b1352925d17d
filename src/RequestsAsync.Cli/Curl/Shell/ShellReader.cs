using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Reads words: quotes, backslashes and variables (POSIX §2.2, §2.6), never a command substitution.</summary>
internal sealed partial class ShellReader(string text, ShellVariables variables)
{
    private readonly StringBuilder _field = new();

    public int Position { get; private set; }

    public bool IsAtEnd => Position >= text.Length;

    /// <summary>The next character; NUL at the end.</summary>
    public char Peek => At(0);

    /// <summary>Whether an assignment begins here: a name and an equals sign, neither of them quoted.</summary>
    public bool IsAtAssignment => IsAssignment(text.AsSpan(Position));

    /// <summary>Whether a text reads <c>name=…</c>.</summary>
    public static bool IsAssignment(ReadOnlySpan<char> word)
    {
        int length = NameLength(word);
        return length > 0 && length < word.Length && word[length] == '=';
    }

    public ShellSyntaxException Error(string message, int position) => new(message, text, position);

    /// <summary>Takes what comes next, if it is this.</summary>
    public bool Take(string expected)
    {
        if (!text.AsSpan(Position).StartsWith(expected, StringComparison.Ordinal)) return false;

        Position += expected.Length;
        return true;
    }

    /// <summary>Takes the digits of <c>2&gt;</c>.</summary>
    public string? TakeDescriptor()
    {
        int end = Position;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        if (end == Position || end == text.Length || text[end] is not ('<' or '>')) return null;

        string digits = text[Position..end];
        Position = end;
        return digits;
    }

    /// <summary>Passes blanks, continued lines and comments; a line end stays.</summary>
    public void SkipBlanks()
    {
        while (!IsAtEnd)
        {
            if (Peek is ' ' or '\t' or '\v' or '\f' || (Peek == '\r' && At(1) != '\n')) Position++;
            else if (ContinuationLength is > 0 and int length) Position += length;
            else if (Peek == '#') Position = LineEnd(Position);
            else return;
        }
    }

    /// <summary>Reads one word that may not be split, nor be missing.</summary>
    public string ReadOne(string what)
    {
        int start = Position;
        return ReadWord(split: false) is [var only] ? only : throw Error($"Here {what} is missing.", start);
    }

    /// <summary>Reads a word: one field, or more or none where an unquoted variable has other than one word in it (POSIX §2.6.5).</summary>
    public IReadOnlyList<string> ReadWord(bool split)
    {
        List<string> fields = [];
        bool isField = false; // an empty pair of quotes is a field too
        _field.Clear();
        AppendHome();
        while (!IsAtEnd && !EndsWord(Peek))
        {
            char c = Peek;
            if (ContinuationLength is > 0 and int length) Position += length;
            else if (c == '\'') isField = ReadSingleQuoted();
            else if (c == '"') isField = ReadDoubleQuoted();
            else if (c == '$' && At(1) == '\'') isField = ReadAnsiQuoted();
            else if (c == '$' && At(1) == '"')
            {
                Position++;
                isField = ReadDoubleQuoted();
            }
            else if (c == '$') AppendSplit(ReadVariable(), split, fields, ref isField);
            else if (c == '`') throw Substitution();
            else
            {
                if (c == '\\') Position++;
                if (IsAtEnd) _field.Append('\\'); // a backslash at the very end is itself
                else _field.Append(text[Position++]);
            }
        }

        if (isField || _field.Length > 0) fields.Add(_field.ToString());
        return fields;
    }

    /// <summary>Reads the delimiter of a here-document, and whether a part of it is quoted.</summary>
    public (string Delimiter, bool IsQuoted) ReadDelimiter()
    {
        int start = Position;
        string delimiter = ReadOne("the delimiter of the here-document");
        return (delimiter, text.AsSpan(start, Position - start).ContainsAny('\'', '"', '\\'));
    }

    /// <summary>Reads the lines of a here-document, which begin here.</summary>
    public string ReadHereDocument(HereDocument document)
    {
        StringBuilder lines = new();
        while (!IsAtEnd)
        {
            int end = LineEnd(Position);
            string line = text[Position..end];
            if (document.StripsTabs) line = line.TrimStart('\t');
            Position = Math.Min(end + 1, text.Length);
            if (line.TrimEnd('\r') == document.Delimiter)
                return document.IsQuoted ? lines.ToString() : new ShellReader(lines.ToString(), variables).Expand();
            lines.Append(line).Append('\n');
        }

        throw Error($"The here-document has no end: no line reads '{document.Delimiter}'.", document.Position);
    }

    private static bool EndsWord(char c) => c is ' ' or '\t' or '\n' or '\r' or '\v' or '\f' or ';' or '&' or '|' or '<' or '>' or '(' or ')';

    private static int NameLength(ReadOnlySpan<char> word)
    {
        int length = 0;
        while (length < word.Length && (word[length] == '_' || char.IsAsciiLetter(word[length]) || (length > 0 && char.IsAsciiDigit(word[length])))) length++;
        return length;
    }

    private char At(int offset) => Position + offset < text.Length ? text[Position + offset] : '\0';

    private int LineEnd(int from)
    {
        int end = text.IndexOf('\n', from);
        return end < 0 ? text.Length : end;
    }

    // A backslash and a line end vanish together; text from Windows has a carriage return between them.
    private int ContinuationLength => Peek != '\\' ? 0 : At(1) == '\n' ? 2 : At(1) == '\r' && At(2) == '\n' ? 3 : 0;

    private void AppendHome()
    {
        if (Peek != '~' || !(At(1) is '/' or '\0' || EndsWord(At(1))) || variables.Find("HOME") is not { } home) return;

        Position++;
        _field.Append(home);
    }

    private void AppendSplit(string value, bool split, List<string> fields, ref bool isField)
    {
        if (!split)
        {
            _field.Append(value);
            return;
        }

        foreach (char c in value)
        {
            if (c is not (' ' or '\t' or '\n')) _field.Append(c);
            else if (isField || _field.Length > 0)
            {
                fields.Add(_field.ToString());
                _field.Clear();
                isField = false;
            }
        }
    }

    private ShellSyntaxException Substitution() =>
        Error("A command substitution would run another program, which is never done here: put its output in its place.", Position);
}
