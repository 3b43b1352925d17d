using System.Buffers;

namespace RequestsAsync;

/// <summary>What a header must look like so that it cannot split a message.</summary>
internal static class HeaderRules
{
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // RFC 9110 §5.5: of the control characters a field value may hold only TAB.
    private static readonly SearchValues<char> ForbiddenInValue = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\n\v\f\r\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\u007F");

    /// <summary>Whether the text is a token by RFC 9110 §5.6.2.</summary>
    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(TokenCharacters);

    /// <summary>Why the text cannot be a field name, or <see langword="null"/> when it can.</summary>
    public static string? NameProblem(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty) return "is empty";

        int at = name.IndexOfAnyExcept(TokenCharacters);
        return at < 0 ? null : $"has {Describe(name[at])} at position {at}, which a header name cannot have";
    }

    /// <summary>Why the text cannot be a field value, or <see langword="null"/> when it can.</summary>
    /// <remarks>The answer never repeats the value, which may be a secret.</remarks>
    public static string? ValueProblem(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty) return null;

        int at = value.IndexOfAny(ForbiddenInValue);
        if (at >= 0) return $"has {Describe(value[at])} at position {at}, which a header value cannot have";
        if (IsBlank(value[0])) return "begins with white space";
        return IsBlank(value[^1]) ? "ends with white space" : null;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t';

    private static string Describe(char c) => c switch
    {
        '\r' => "a carriage return",
        '\n' => "a line feed",
        '\0' => "a NUL character",
        ' ' => "a space",
        < ' ' or '\u007F' => $"the control character U+{(int)c:X4}",
        > '\u007F' => $"the character U+{(int)c:X4}",
        _ => $"a '{c}'",
    };
}
