using System.Text.RegularExpressions;

namespace RequestsAsync;

/// <summary>Header fields that stand in a text: those of a part, or of a message in a message.</summary>
internal static partial class HarHead
{
    /// <summary>Where the fields end, and where the content begins; both the end of a text that has no empty line.</summary>
    public static (int End, int Content) Find(string text)
    {
        Match empty = EmptyLine().Match(text);
        return empty.Success ? (empty.Index, empty.Index + empty.Length) : (text.Length, text.Length);
    }

    /// <summary>The fields without their secrets.</summary>
    public static string Mark(string head, HarSecrets secrets) =>
        FieldLine().Replace(head, match => match.Groups["before"].Value + secrets.Field(match.Groups["name"].Value, match.Groups["value"].Value));

    /// <summary>The first value of a field.</summary>
    public static string? ValueOf(string head, string name) =>
        FieldLine().Matches(head).FirstOrDefault(match => Headers.SameName(match.Groups["name"].Value, name))?.Groups["value"].Value;

    [GeneratedRegex("""\r?\n\r?\n""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex EmptyLine();

    [GeneratedRegex("""(?<before>^(?<name>[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}):[ \t]*)(?<value>[^\r\n]+)""", RegexOptions.NonBacktracking | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex FieldLine();
}
