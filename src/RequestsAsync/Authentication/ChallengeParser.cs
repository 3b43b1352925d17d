using System.Buffers;
using System.Text;

namespace RequestsAsync;

/// <summary>Reads the challenges of <c>WWW-Authenticate</c> and <c>Proxy-Authenticate</c> fields (RFC 9110 §11.6.1). Never throws.</summary>
/// <remarks>
/// A comma parts both challenges and parameters, so a name followed by <c>=</c> belongs to the challenge before it and any other
/// name after a comma begins a new one. What fits neither is passed over, and the challenges around it are kept.
/// </remarks>
internal static class ChallengeParser
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> Token68Characters =
        SearchValues.Create("-._~+/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>The challenges of all values of the field, in their order.</summary>
    public static List<Challenge> Parse(IEnumerable<string> fieldValues)
    {
        List<Challenge> challenges = [];
        foreach (string value in fieldValues)
            Parse(value, challenges);
        return challenges;
    }

    /// <inheritdoc cref="Parse(IEnumerable{string})"/>
    public static List<Challenge> Parse(string fieldValue) => Parse([fieldValue]);

    private static void Parse(ReadOnlySpan<char> rest, List<Challenge> challenges)
    {
        List<KeyValuePair<string, string>>? parameters = null;
        bool afterComma = true;
        while (true)
        {
            afterComma |= SkipSeparators(ref rest);
            if (rest.IsEmpty) return;

            ReadOnlySpan<char> name = Take(ref rest, TokenCharacters);
            if (name.IsEmpty)
            {
                SkipJunk(ref rest);
            }
            else if (TrySkipEquals(ref rest))
            {
                if (!TryReadValue(ref rest, out string value))
                {
                    // Where a quote is never closed nobody can tell what the challenge says.
                    if (parameters is not null) challenges.RemoveAt(challenges.Count - 1);
                    return;
                }

                parameters?.Add(new(name.ToString(), value));
            }
            else if (afterComma)
            {
                parameters = [];
                challenges.Add(new(name.ToString(), ReadToken68(ref rest), parameters));
            }

            afterComma = false;
        }
    }

    /// <summary>Skips white space and commas; true if there was a comma.</summary>
    private static bool SkipSeparators(ref ReadOnlySpan<char> rest)
    {
        int length = rest.IndexOfAnyExcept(" \t,");
        ReadOnlySpan<char> separators = length < 0 ? rest : rest[..length];
        rest = rest[separators.Length..];
        return separators.Contains(',');
    }

    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> rest, SearchValues<char> characters)
    {
        int length = rest.IndexOfAnyExcept(characters);
        ReadOnlySpan<char> taken = length < 0 ? rest : rest[..length];
        rest = rest[taken.Length..];
        return taken;
    }

    /// <summary>Skips what cannot begin an element: a whole quoted string, whose commas mean nothing, or one character.</summary>
    private static void SkipJunk(ref ReadOnlySpan<char> rest)
    {
        if (rest[0] != '"') rest = rest[1..];
        else if (!TryReadQuoted(ref rest, out _)) rest = [];
    }

    private static bool TrySkipEquals(ref ReadOnlySpan<char> rest)
    {
        ReadOnlySpan<char> trimmed = rest.TrimStart(" \t");
        if (trimmed is not ['=', ..]) return false;

        rest = trimmed[1..].TrimStart(" \t");
        return true;
    }

    private static string? ReadToken68(ref ReadOnlySpan<char> rest)
    {
        if (rest is not [' ', ..]) return null;

        ReadOnlySpan<char> after = rest.TrimStart(' ');
        ReadOnlySpan<char> start = after;
        if (Take(ref after, Token68Characters).IsEmpty) return null;

        after = after.TrimStart('=');
        ReadOnlySpan<char> token = start[..^after.Length];
        after = after.TrimStart(" \t");
        if (after is not ([] or [',', ..])) return null;

        rest = after;
        return token.ToString();
    }

    /// <summary>Reads a quoted string, or whatever stands there up to white space or a comma: servers leave quotes out around values that need them.</summary>
    private static bool TryReadValue(ref ReadOnlySpan<char> rest, out string value)
    {
        if (rest is ['"', ..]) return TryReadQuoted(ref rest, out value);

        int length = rest.IndexOfAny(" \t,");
        if (length < 0) length = rest.Length;
        value = rest[..length].ToString();
        rest = rest[length..];
        return true;
    }

    private static bool TryReadQuoted(ref ReadOnlySpan<char> rest, out string value)
    {
        value = "";
        ReadOnlySpan<char> text = rest[1..];
        int end = text.IndexOfAny('"', '\\');
        if (end >= 0 && text[end] == '"')
        {
            value = text[..end].ToString();
            rest = text[(end + 1)..];
            return true;
        }

        StringBuilder unescaped = new();
        while (end >= 0)
        {
            unescaped.Append(text[..end]);
            bool isEscape = text[end] == '\\';
            text = text[(end + 1)..];
            if (!isEscape)
            {
                value = unescaped.ToString();
                rest = text;
                return true;
            }

            if (text.IsEmpty) return false;
            unescaped.Append(text[0]);
            text = text[1..];
            end = text.IndexOfAny('"', '\\');
        }

        return false;
    }
}
