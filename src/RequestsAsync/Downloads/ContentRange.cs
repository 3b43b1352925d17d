using System.Globalization;

namespace RequestsAsync;

/// <summary>Which part of the file an answer holds (RFC 9110 §14.4).</summary>
/// <param name="Range">The bytes.</param>
/// <param name="Total">The length of the whole file; <see langword="null"/> for <c>*</c>.</param>
internal readonly record struct ContentRange(ByteRange Range, long? Total)
{
    /// <summary>Reads <c>bytes 0-499/1234</c>; <see langword="null"/> for everything that is not of this form or contradicts itself.</summary>
    public static ContentRange? Parse(string? value)
    {
        ReadOnlySpan<char> text = value.AsSpan().Trim(" \t");
        if (!text.StartsWith("bytes ", StringComparison.OrdinalIgnoreCase)) return null;

        text = text[6..].TrimStart(" \t");
        int dash = text.IndexOf('-'), slash = text.IndexOf('/');
        if (dash < 0 || slash < dash) return null;
        if (Number(text[..dash]) is not { } first || Number(text[(dash + 1)..slash]) is not { } last || last < first || last == long.MaxValue) return null;

        ReadOnlySpan<char> whole = text[(slash + 1)..];
        if (whole is "*") return new(new(first, last + 1), Total: null);
        return Number(whole) is { } total && total > last ? new(new(first, last + 1), total) : null;
    }

    private static long? Number(ReadOnlySpan<char> digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : null;
}
