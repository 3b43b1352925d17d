using System.Buffers;

namespace RequestsAsync.Cli;

/// <summary><c>[METHOD] URL [ITEM…]</c>, told apart.</summary>
/// <param name="Method">The method; <see langword="null"/> where it is left to the body.</param>
/// <param name="Url">The URL as it was typed.</param>
/// <param name="Items">The items.</param>
internal sealed record RequestTarget(string? Method, string Url, IReadOnlyList<RequestItem> Items)
{
    // RFC 9110 §5.6.2, without the full stop, which hosts have.
    private static readonly SearchValues<char> MethodCharacters =
        SearchValues.Create("!#$%&'*+-^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Tells the words apart.</summary>
    /// <exception cref="CommandException">They make no request.</exception>
    public static RequestTarget Parse(IReadOnlyList<string> words)
    {
        if (words.Count == 0) throw CommandException.Usage("A URL is missing.", "requests [METHOD] URL [ITEM…]; 'requests --help' shows the rest.");

        bool hasMethod = words.Count > 1 && IsMethod(words[0], words[1]);
        if (words.Count == 1 && words[0].Length > 0 && words[0].All(char.IsAsciiLetterUpper)) // no host is written so
            throw CommandException.Usage($"After the method {words[0]} the URL is missing.", "requests [METHOD] URL [ITEM…]; 'requests --help' shows the rest.");

        int at = hasMethod ? 1 : 0;
        List<RequestItem> items = [];
        foreach (string word in words.Skip(at + 1))
            items.Add(ReadItem(word, words[at]));
        return new(hasMethod ? words[0] : null, words[at], items);
    }

    // As in HTTPie letters alone are a method, but for the one name that everybody has for a host. Other methods have signs that hosts have too
    // (M-SEARCH, my-host): capitals decide, or that no item follows.
    private static bool IsMethod(string word, string next)
    {
        if (word.Length == 0 || word.AsSpan().ContainsAnyExcept(MethodCharacters)) return false;
        if (word.All(char.IsAsciiLetter)) return !(word.Equals("localhost", StringComparison.OrdinalIgnoreCase) && ItemParser.TryParse(next, out _));

        return !word.Any(char.IsAsciiLetterLower) || !ItemParser.TryParse(next, out _) || IsUrl(next);
    }

    private static RequestItem ReadItem(string word, string url)
    {
        if (IsUrl(word)) throw CommandException.Usage($"'{word}' is a second URL after '{url}'.", "Send one request at a time.");

        return ItemParser.Parse(word);
    }

    private static bool IsUrl(string word) =>
        word.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || word.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || word.StartsWith(":/", StringComparison.Ordinal)
        || (word is [':', var digit, ..] && char.IsAsciiDigit(digit));
}
