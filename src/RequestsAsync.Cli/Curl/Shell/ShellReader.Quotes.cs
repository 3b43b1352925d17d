using System.Globalization;
using System.Text;

namespace RequestsAsync.Cli;

// What stands in quotes, and variables.
internal sealed partial class ShellReader
{
    // Text in which only variables and backslashes mean something, as in a here-document.
    private string Expand()
    {
        while (!IsAtEnd)
            AppendExpanded(escapes: "$`\\");
        return _field.ToString();
    }

    private bool ReadSingleQuoted()
    {
        int end = text.IndexOf('\'', Position + 1);
        if (end < 0) throw Error("The single quote has no end.", Position);

        _field.Append(text, Position + 1, end - Position - 1);
        Position = end + 1;
        return true;
    }

    private bool ReadDoubleQuoted()
    {
        int start = Position++;
        while (Peek != '"' || IsAtEnd)
        {
            if (IsAtEnd) throw Error("The double quote has no end.", start);
            AppendExpanded(escapes: "$`\"\\");
        }

        Position++;
        return true;
    }

    // POSIX §2.2.3: in double quotes a backslash escapes a few characters and is itself before all others.
    private void AppendExpanded(string escapes)
    {
        if (ContinuationLength is > 0 and int length) Position += length;
        else if (Peek == '$') _field.Append(ReadVariable());
        else if (Peek == '`') throw Substitution();
        else
        {
            if (Peek == '\\' && escapes.Contains(At(1), StringComparison.Ordinal)) Position++;
            _field.Append(text[Position++]);
        }
    }

    private string ReadVariable()
    {
        int start = Position++;
        if (Peek == '(') throw new ShellSyntaxException("A command substitution would run another program, which is never done here: put its output in its place.", text, start);

        if (Peek == '{')
        {
            int end = text.IndexOf('}', Position);
            if (end < 0) throw Error("The brace of the variable has no end.", start);

            string inside = text[(Position + 1)..end];
            if (NameLength(inside) != inside.Length || inside.Length == 0) return ReadWithDefault(inside, start, end);
            Position = end + 1;
            return variables.Expand(inside, text[start..Position]);
        }

        int length = NameLength(text.AsSpan(Position));
        if (length == 0) return "$";

        Position += length;
        return variables.Expand(text[(start + 1)..Position], text[start..Position]);
    }

    // ${name:-word} and ${name-word}; what the other forms do is rarely pasted.
    private string ReadWithDefault(string inside, int start, int end)
    {
        int length = NameLength(inside);
        ReadOnlySpan<char> rest = inside.AsSpan(length);
        int operatorLength = rest.StartsWith(":-", StringComparison.Ordinal) ? 2 : rest.StartsWith("-", StringComparison.Ordinal) ? 1 : 0;
        if (length == 0 || operatorLength == 0 || rest.ContainsAny("$`\\\"'"))
            throw Error($"'${{{inside}}}' is a form of variable that is not read here: put its value in its place.", start);

        Position = end + 1;
        string? value = variables.Find(inside[..length]);
        return value is null || (operatorLength == 2 && value.Length == 0) ? rest[operatorLength..].ToString() : value;
    }

    // $'…' of Bash and POSIX.1-2024 §2.2.4. Octal and \x are bytes, and bytes above 127 parts of UTF-8.
    private bool ReadAnsiQuoted()
    {
        int start = Position;
        List<byte> bytes = [];
        Position += 2;
        while (!IsAtEnd && Peek != '\'')
        {
            if (Peek == '\\' && Position + 1 < text.Length) ReadEscape(bytes);
            else bytes.AddRange(Encoding.UTF8.GetBytes(TakeCharacter()));
        }

        if (IsAtEnd) throw Error("The quote $'…' has no end.", start);
        Position++;
        try
        {
            _field.Append(StrictUtf8.GetString([.. bytes]));
        }
        catch (DecoderFallbackException)
        {
            throw Error("The bytes of this quote are no UTF-8: put them into a file and send that.", start);
        }

        return true;
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private string TakeCharacter()
    {
        int length = char.IsHighSurrogate(Peek) && char.IsLowSurrogate(At(1)) ? 2 : 1;
        Position += length;
        return text.Substring(Position - length, length);
    }

    private void ReadEscape(List<byte> bytes)
    {
        int start = Position++;
        char c = text[Position++];
        switch (c)
        {
            case 'x':
                AddByte(bytes, ReadNumber(16, 2), start);
                break;
            case >= '0' and <= '7':
                Position--;
                AddByte(bytes, ReadNumber(8, 3) & 0xff, start);
                break;
            case 'u' or 'U':
                uint point = ReadNumber(16, c == 'u' ? 4 : 8);
                if (!Rune.IsValid(point)) throw Error("This is no character of Unicode.", start);
                bytes.AddRange(Encoding.UTF8.GetBytes(new Rune(point).ToString()));
                break;
            case 'c' when !IsAtEnd:
                AddByte(bytes, (uint)(text[Position++] & 0x1f), start);
                break;
            default:
                int at = "abeEfnrtv\\'\"?".IndexOf(c, StringComparison.Ordinal);
                if (at < 0) bytes.Add((byte)'\\');
                bytes.AddRange(Encoding.UTF8.GetBytes(at < 0 ? c.ToString() : "\a\b\u001b\u001b\f\n\r\t\v\\'\"?"[at].ToString()));
                break;
        }
    }

    private void AddByte(List<byte> bytes, uint value, int start)
    {
        if (value == 0) throw Error("A NUL cannot be part of an argument: put the data into a file and send that.", start);
        bytes.Add((byte)value);
    }

    private uint ReadNumber(int radix, int maxDigits)
    {
        int start = Position;
        while (Position < text.Length && Position - start < maxDigits && IsDigit(text[Position], radix)) Position++;
        if (Position == start) throw Error("The escape has no digits.", start);

        return radix == 16
            ? uint.Parse(text.AsSpan(start, Position - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : Convert.ToUInt32(text[start..Position], 8);
    }

    private static bool IsDigit(char c, int radix) => radix == 16 ? char.IsAsciiHexDigit(c) : c is >= '0' and <= '7';
}
