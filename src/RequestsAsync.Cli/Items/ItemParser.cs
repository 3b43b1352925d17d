using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RequestsAsync.Cli;

/// <summary>Takes items apart by the grammar of HTTPie 3: the earliest separator counts, and of those that begin there the longest.</summary>
/// <remarks>
/// A backslash before a character that a separator can begin with or contain, <c>: ; = @</c>, takes its meaning away. Before anything else it stays
/// a backslash, so that paths of Windows and regular expressions need no care.
/// </remarks>
internal static class ItemParser
{
    private static readonly SearchValues<char> Special = SearchValues.Create(":;=@");
    private static readonly SearchValues<char> SpecialOrEscape = SearchValues.Create(":;=@\\");

    // The longer ones first, where they begin alike.
    private static readonly (string Text, ItemKind Kind)[] Separators =
    [
        (":=@", ItemKind.JsonFromFile),
        ("==@", ItemKind.QueryFromFile),
        (":=", ItemKind.Json),
        (":@", ItemKind.HeaderFromFile),
        ("==", ItemKind.Query),
        ("=@", ItemKind.FieldFromFile),
        (":", ItemKind.Header),
        (";", ItemKind.EmptyHeader),
        ("=", ItemKind.Field),
        ("@", ItemKind.Upload),
    ];

    /// <summary>Takes an item apart, or says that it has no separator.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RequestItem? item)
    {
        StringBuilder name = new();
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            int next = rest.IndexOfAny(SpecialOrEscape);
            if (next < 0) break;

            name.Append(rest[..next]);
            rest = rest[next..];
            if (rest[0] != '\\')
            {
                item = Split(name.ToString(), rest, text);
                return true;
            }

            rest = rest[Unescape(rest, name)..];
        }

        item = null;
        return false;
    }

    /// <summary>Takes an item apart.</summary>
    /// <exception cref="CommandException">It has no separator.</exception>
    public static RequestItem Parse(string text) => TryParse(text, out RequestItem? item) ? item : throw CommandException.Usage(
        $"'{text}' is no item: it has none of : ; == = := @.",
        "Name:Value is a header, name==value a query parameter, name=value a field; 'requests help items' shows the rest.");

    private static RequestItem Split(string name, ReadOnlySpan<char> rest, string source)
    {
        foreach ((string separator, ItemKind kind) in Separators)
        {
            if (rest.StartsWith(separator, StringComparison.Ordinal)) return new(kind, name, Unescape(rest[separator.Length..]), source);
        }

        throw new ArgumentException("No separator stands here.", nameof(rest));
    }

    private static string Unescape(ReadOnlySpan<char> value)
    {
        StringBuilder text = new(value.Length);
        while (value.IndexOf('\\') is >= 0 and int next)
        {
            text.Append(value[..next]);
            value = value[next..];
            value = value[Unescape(value, text)..];
        }

        return text.Append(value).ToString();
    }

    // A backslash takes the next character with it, so that of two none escapes what follows them.
    private static int Unescape(ReadOnlySpan<char> escape, StringBuilder text)
    {
        int length = Math.Min(2, escape.Length);
        bool isEscape = length == 2 && Special.Contains(escape[1]);
        text.Append(isEscape ? escape[1..2] : escape[..length]);
        return length;
    }
}
