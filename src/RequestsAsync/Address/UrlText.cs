using System.Globalization;
using System.Text;

namespace RequestsAsync;

/// <summary>How a text that could not be parsed as a URL is shown in a message.</summary>
internal static class UrlText
{
    private const int MaxLength = 200;

    /// <summary>The text without what may be a password, without control characters, and not endless.</summary>
    /// <remarks>
    /// A password with an unencoded '/' or '?' is a usual reason why a URL cannot be parsed, so the last '@' anywhere ends what is hidden.
    /// </remarks>
    public static string Shown(ReadOnlySpan<char> text)
    {
        StringBuilder shown = new();
        int at = text.LastIndexOf('@');
        if (at >= 0)
        {
            int length = UrlScheme.Length(text);
            string? scheme = length < 0 ? null : UrlScheme.Find(text[..length]);
            if (scheme is not null) shown.Append(scheme).Append("://");
            shown.Append("***");
            text = text[at..];
        }

        foreach (char c in text.Trim())
        {
            if (shown.Length >= MaxLength) return shown.Append('…').ToString();
            if (char.IsControl(c)) shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else shown.Append(c);
        }

        return shown.ToString();
    }
}
