using System.Globalization;
using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Reads paths such as <c>a[b][0][]</c>, by the rules of HTTPie 3.</summary>
/// <remarks>
/// A backslash before <c>[</c>, <c>]</c> or a backslash takes its meaning away, and before a number it makes a name of it: <c>a[\1]=x</c> gives
/// <c>{"a":{"1":"x"}}</c>. A path may begin with a bracket: the whole value is an array then.
/// </remarks>
internal sealed class JsonPath
{
    private const int MaxIndex = 999_999; // the places before it are written out, each as null

    private readonly string _source;
    private int _at;

    private JsonPath(string source) => _source = source;

    /// <summary>Reads a path.</summary>
    /// <exception cref="CommandException">It is none; the message shows where.</exception>
    public static List<JsonStep> Parse(string source)
    {
        JsonPath path = new(source);
        List<JsonStep> steps = [];
        if (source is not ['[', ..])
        {
            string name = path.ReadLiteral(out _);
            if (source.Length > 0 && path._at == 0) throw path.Expected("a name or '['");
            steps.Add(new(JsonStepKind.Key, name, Index: 0, Start: 0, path._at));
        }

        while (path._at < source.Length)
            steps.Add(path.ReadBracketed(isFirst: steps.Count == 0));
        return steps;
    }

    /// <summary>What is wrong with a path, with the place marked under it.</summary>
    public static CommandException Fault(string message, string source, int start, int end) =>
        new(message, hint: "A '\\' before a bracket takes its meaning away; 'requests help items' explains paths.")
        {
            Code = ExitCode.Usage,
            Excerpt = $"{source}\n{new string(' ', start)}{new string('^', Math.Max(1, end - start))}",
        };

    private JsonStep ReadBracketed(bool isFirst)
    {
        int start = _at;
        if (_source[_at] != '[') throw Expected("'['");

        _at++;
        int inside = _at;
        string text = ReadLiteral(out bool isNumber);
        if (_at == inside && Next == ']')
        {
            _at++;
            return new(JsonStepKind.Append, "", Index: 0, start, _at);
        }

        if (_at == inside) throw Expected(isFirst ? "a number or ']'" : "a name, a number or ']'");
        if (isFirst && !isNumber) throw Fault("A path that begins with a bracket leads into an array: a number or ']' is expected.", _source, inside, _at);

        int end = _at;
        if (Next != ']') throw Expected("']'");

        _at++;
        return isNumber ? new(JsonStepKind.Index, text, ReadIndex(text, inside, end), start, _at) : new(JsonStepKind.Key, text, Index: 0, start, _at);
    }

    private char Next => _at < _source.Length ? _source[_at] : '\0';

    // Up to the next bracket that is not escaped. One escaped bracket or backslash makes a name of the whole, and so does a backslash before a number.
    private string ReadLiteral(out bool isNumber)
    {
        StringBuilder text = new();
        bool isEscaped = false;
        for (; _at < _source.Length && _source[_at] is not ('[' or ']'); _at++)
        {
            if (_source[_at] == '\\' && _at + 1 < _source.Length)
            {
                _at++;
                if (_source[_at] is '[' or ']' or '\\') isEscaped = true;
                else text.Append('\\');
            }

            text.Append(_source[_at]);
        }

        string literal = text.ToString();
        isNumber = !isEscaped && IsNumber(literal);
        return !isEscaped && literal is ['\\', ..] && IsNumber(literal[1..]) ? literal[1..] : literal;
    }

    private static bool IsNumber(string text)
    {
        ReadOnlySpan<char> digits = text is ['-' or '+', ..] ? text.AsSpan(1) : text;
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9');
    }

    private int ReadIndex(string text, int start, int end)
    {
        if (text[0] == '-') throw Fault("An index counts from the beginning: it cannot be negative.", _source, start, end);
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index) && index <= MaxIndex
            ? index
            : throw Fault($"An index goes up to {MaxIndex}.", _source, start, end);
    }

    private CommandException Expected(string what) => Fault($"In the path '{_source}' {what} is expected.", _source, _at, _at + 1);
}
