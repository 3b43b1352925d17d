using System.Globalization;
using System.Text.Encodings.Web;

namespace RequestsAsync;

/// <summary>The secrets of an entry that are marked wherever its answer repeats them under another name, as servers do that show what they got.</summary>
/// <remarks>
/// Only values that are no accident are: the answer to a request with <c>?code=overview</c> or the password <c>password</c> keeps its words. What its name
/// alone makes a secret is marked where it stands in either case.
/// </remarks>
internal sealed class HarEchoes
{
    private const int Short = 8;
    private const int Middle = 16;
    private const int Long = 24;

    private readonly HashSet<string> _secrets = new(StringComparer.Ordinal);

    /// <summary>Takes note of a secret.</summary>
    /// <param name="secret">The value.</param>
    /// <param name="isTelling">Whether its name leaves no doubt: <c>password</c> does not, <c>code</c> and any cookie's do.</param>
    public void Note(string secret, bool isTelling)
    {
        Add(secret, isTelling);
        int space = secret.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0) Add(secret[(space + 1)..], isTelling); // what follows the scheme of an Authorization
    }

    /// <summary>A text without them.</summary>
    public string Mark(string text)
    {
        // The longest first: one may be a part of another.
        foreach (string secret in _secrets.OrderByDescending(static secret => secret.Length).ThenBy(static secret => secret, StringComparer.Ordinal))
            text = text.Replace(secret, HarSecrets.Mark, StringComparison.Ordinal);
        return text;
    }

    private void Add(string secret, bool isTelling)
    {
        if (!IsNoAccident(secret, isTelling) || secret.Contains(HarSecrets.Mark, StringComparison.Ordinal)) return;

        _secrets.Add(secret);
        _secrets.Add(Uri.EscapeDataString(secret));
        _secrets.Add(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret));
        _secrets.Add(JavaScriptEncoder.Default.Encode(secret));
    }

    private static bool IsNoAccident(string secret, bool isTelling)
    {
        bool isMixed = secret.Any(char.IsLetter) && secret.Any(char.IsDigit);
        if (isTelling) return secret.Length >= Long || (isMixed && secret.Length >= Short);
        return isMixed && secret.Length >= Middle && !DateTimeOffset.TryParse(Uri.UnescapeDataString(secret), CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }
}
