using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary>Reads the values of curl's options.</summary>
internal static class CurlValue
{
    private const string Pin = "sha256//";

    /// <summary>A number of seconds, with a fraction if wanted; 0 is no limit, as in curl.</summary>
    public static TimeSpan? Seconds(string text)
    {
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) || seconds > 4_000_000)
            throw new CommandException($"'{text}' is no number of seconds.");
        return seconds == 0 ? null : TimeSpan.FromSeconds(seconds);
    }

    public static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw new CommandException($"'{text}' is no number.");

    public static int Count(string text) => (int)Math.Min(Number(text), int.MaxValue - 1);

    /// <summary>A number of bytes; a last letter K, M or G multiplies by 1024 once, twice or three times.</summary>
    public static long Size(string text)
    {
        int power = text.Length == 0 ? -1 : "kmg".IndexOf(char.ToLowerInvariant(text[^1]), StringComparison.Ordinal);
        return checked(Number(power < 0 ? text : text[..^1]) << (10 * (power + 1)));
    }

    /// <summary>One of a few words, in upper or lower case.</summary>
    public static string OneOf(string text, params ReadOnlySpan<string> known)
    {
        foreach (string word in known)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase)) return word;
        }

        throw new CommandException($"'{text}' is not understood here; {string.Join(" or ", known!)} is.");
    }

    public static string Scheme(string text) => OneOf(text, "http", "https");

    /// <summary><c>sha256//BASE64;sha256//BASE64</c>.</summary>
    public static IEnumerable<string> Pins(string text)
    {
        string[] pins = text.Split(';');
        return Array.TrueForAll(pins, pin => pin.StartsWith(Pin, StringComparison.Ordinal))
            ? pins
            : throw new CommandException("a pin reads sha256//BASE64 here; files of keys are not read.");
    }

    /// <summary>User name and password around the first colon.</summary>
    /// <exception cref="CommandException">There is no password.</exception>
    public static (string User, string Password) Credentials(string text, string option)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0
            ? (text[..colon], text[(colon + 1)..])
            : throw new CommandException($"{option} '{text}' has no password, and nobody is asked for one here.", $"Write {option} '{text}:PASSWORD', or '{text}:' for an empty one.");
    }
}
