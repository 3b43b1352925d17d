using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary>Expands <c>{a,b}</c>, <c>[1-3]</c>, <c>[001-100:10]</c> and <c>[a-z]</c> in a URL, as curl's <c>tool_urlglob.c</c>.</summary>
internal sealed class CurlGlob
{
    private const int MaxUrls = 100_000;

    private readonly string _pattern;
    private readonly List<IReadOnlyList<string>> _pieces = [];
    private readonly List<bool> _varies = [];

    private CurlGlob(string pattern) => _pattern = pattern;

    /// <summary>Every URL that the pattern stands for, each with what its parts became, for <c>#1</c> in the name of a file.</summary>
    /// <exception cref="CommandException">A bracket or a brace makes no sense.</exception>
    public static IEnumerable<(string Url, IReadOnlyList<string> Matches)> Expand(string pattern)
    {
        CurlGlob glob = new(pattern);
        glob.Parse();
        return glob.Combine();
    }

    private CommandException Bad(int position, string what) => new(
        $"the URL '{_pattern}' has {what} at position {position}.", "With -g (--globoff) braces and brackets stand for themselves.");

    private void Parse()
    {
        int literal = 0;
        int at = 0;
        long count = 1;
        System.Text.StringBuilder text = new();
        for (; at < _pattern.Length; at++)
        {
            char c = _pattern[at];
            if (c == '\\' && at + 1 < _pattern.Length && _pattern[at + 1] is '{' or '}' or '[' or ']') text.Append(_pattern[++at]);
            else if (c == '[' && LiteralLength(at) is > 0 and int length)
            {
                text.Append(_pattern, at, length);
                at += length - 1;
            }
            else if (c is '[' or '{')
            {
                Add([text.ToString()], varies: false);
                text.Clear();
                List<string> choices = c == '{' ? ParseSet(ref at) : ParseRange(ref at);
                Add(choices, varies: true);
                if ((count *= choices.Count) > MaxUrls) throw Bad(literal, "patterns for more than a hundred thousand URLs");
            }
            else if (c is ']' or '}') throw Bad(at, $"a '{c}' without its beginning");
            else text.Append(c);
        }

        Add([text.ToString()], varies: false);
    }

    private void Add(IReadOnlyList<string> choices, bool varies)
    {
        _pieces.Add(choices);
        _varies.Add(varies);
    }

    // An address of IPv6, and empty brackets, stand for themselves.
    private int LiteralLength(int at)
    {
        int end = _pattern.IndexOf(']', at);
        if (end == at + 1) return 2;
        return end > 0 && _pattern.AsSpan(at + 1, end - at - 1) is var inside && inside.Contains(':') && inside.IndexOf("-", StringComparison.Ordinal) < 0
            && (at == 0 || _pattern[at - 1] is '/' or '@') ? end - at + 1 : 0;
    }

    private List<string> ParseSet(ref int at)
    {
        int start = at;
        int end = _pattern.IndexOf('}', at);
        if (end < 0) throw Bad(start, "a '{' without its end");
        if (_pattern.AsSpan(at + 1, end - at - 1).ContainsAny('{', '[', ']')) throw Bad(start, "a pattern within a pattern");
        if (end == at + 1) throw Bad(start, "an empty set");

        at = end;
        return [.. _pattern[(start + 1)..end].Split(',')];
    }

    private List<string> ParseRange(ref int at)
    {
        int start = at;
        int end = _pattern.IndexOf(']', at);
        if (end < 0) throw Bad(start, "a '[' without its end");

        at = end;
        string[] parts = _pattern[(start + 1)..end].Split(':');
        string[] bounds = parts[0].Split('-');
        if (parts.Length > 2 || bounds.Length != 2) throw Bad(start, "a range that reads neither [1-9] nor [a-z]");

        long step = 1;
        if (parts.Length == 2 && !(long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out step) && step > 0)) throw Bad(start, "a range whose step is no number");
        return Letters(bounds, step) ?? Numbers(bounds, step) ?? throw Bad(start, "a range that reads neither [1-9] nor [a-z]");
    }

    private static List<string>? Letters(string[] bounds, long step)
    {
        if (bounds is not [[var first], [var last]] || !char.IsAsciiLetter(first) || !char.IsAsciiLetter(last)) return null;
        if (first > last || char.IsAsciiLetterLower(first) != char.IsAsciiLetterLower(last)) return null;

        List<string> letters = [];
        for (long c = first; c <= last; c += step) letters.Add(((char)c).ToString());
        return letters;
    }

    // Zeros before the first number set how many digits all have.
    private static List<string>? Numbers(string[] bounds, long step)
    {
        if (!long.TryParse(bounds[0], NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            || !long.TryParse(bounds[1], NumberStyles.None, CultureInfo.InvariantCulture, out long last) || first > last || (last - first) / step > MaxUrls)
        {
            return null;
        }

        string format = bounds[0].Length > 1 && bounds[0][0] == '0' ? new string('0', bounds[0].Length) : "0";
        List<string> numbers = [];
        for (long number = first; number <= last; number += step) numbers.Add(number.ToString(format, CultureInfo.InvariantCulture));
        return numbers;
    }

    // The last pattern changes fastest.
    private IEnumerable<(string Url, IReadOnlyList<string> Matches)> Combine()
    {
        int[] choice = new int[_pieces.Count];
        while (true)
        {
            yield return (string.Concat(_pieces.Select((piece, i) => piece[choice[i]])), [.. _pieces.Select((piece, i) => piece[choice[i]]).Where((_, i) => _varies[i])]);

            int at = choice.Length - 1;
            while (at >= 0 && ++choice[at] == _pieces[at].Count) choice[at--] = 0;
            if (at < 0) yield break;
        }
    }
}
