using System.Text;
using System.Text.RegularExpressions;

namespace RequestsAsync.Testing;

/// <summary>One part of a URL, literal or with <c>*</c> and <c>{name}</c> in it.</summary>
internal sealed class TextPattern
{
    private readonly string _text;
    private readonly StringComparison _comparison;
    private readonly Regex? _regex;

    /// <param name="text">The pattern.</param>
    /// <param name="any">The regular expression of a <c>*</c>.</param>
    /// <param name="named">That of a <c>{name}</c>.</param>
    /// <param name="ignoresCase">Whether case does not count.</param>
    /// <exception cref="ArgumentException">A brace has no other, or what stands in braces is no name.</exception>
    internal TextPattern(string text, string any, string named, bool ignoresCase)
    {
        _text = text;
        _comparison = ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (!text.AsSpan().ContainsAny('*', '{', '}')) return;

        RegexOptions options = RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
        _regex = new Regex(Translate(text, any, named), ignoresCase ? options | RegexOptions.IgnoreCase : options, Regex.InfiniteMatchTimeout);
    }

    /// <summary>The names in it.</summary>
    internal IEnumerable<string> Names => _regex is null ? [] : _regex.GetGroupNames().Where(name => !char.IsDigit(name[0]));

    /// <summary>Whether a text is of this pattern; what its names stand for is added to the parameters.</summary>
    internal bool Matches(string actual, ref Dictionary<string, string>? parameters)
    {
        if (_regex is null) return string.Equals(actual, _text, _comparison);

        Match match = _regex.Match(actual);
        if (!match.Success) return false;

        foreach (string name in Names)
            (parameters ??= new(StringComparer.Ordinal))[name] = match.Groups[name].Value;
        return true;
    }

    public override string ToString() => _text;

    private static string Translate(string text, string any, string named)
    {
        StringBuilder regex = new("^");
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '*':
                    regex.Append(any);
                    break;
                case '{':
                    int end = text.IndexOf('}', i);
                    string name = end < 0 ? "" : text[(i + 1)..end];
                    if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') || char.IsDigit(name[0]))
                        throw new ArgumentException($"The pattern '{text}' has a '{{' without a name of letters, digits and '_' and a '}}' after it. A URL with braces in it needs a Regex.", nameof(text));
                    regex.Append("(?<").Append(name).Append('>').Append(named).Append(')');
                    i = end;
                    break;
                case '}':
                    throw new ArgumentException($"The pattern '{text}' has a '}}' without a '{{'. A URL with braces in it needs a Regex.", nameof(text));
                default:
                    regex.Append(Regex.Escape(text[i].ToString()));
                    break;
            }
        }

        return regex.Append('$').Replace("$", "\\z", regex.Length - 1, 1).ToString();
    }
}
