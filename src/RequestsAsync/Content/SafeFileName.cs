using System.Globalization;
using System.Text;

namespace RequestsAsync;

/// <summary>Makes a name that a server chose safe to save a file under, in a folder that the caller chose.</summary>
internal static class SafeFileName
{
    // File systems allow 255 bytes; the rest is room for the suffix of an unfinished download.
    private const int MaxBytes = 240;
    private const int LongestExtension = 16;

    /// <summary>The last part of the name without what could make it a path, a device, a hidden file or a deceit; <see langword="null"/> when nothing is left.</summary>
    /// <remarks>Characters that only Windows refuses, such as <c>?</c>, stay; <c>:</c> does not, because there it names a drive or a stream.</remarks>
    public static string? From(string? name)
    {
        if (name is null) return null;

        ReadOnlySpan<char> path = name.AsSpan().TrimEnd("/\\");
        ReadOnlySpan<char> last = path[(path.LastIndexOfAny('/', '\\') + 1)..];
        StringBuilder clean = new(last.Length);
        foreach (Rune rune in last.EnumerateRunes())
        {
            if (rune.Value == ':') clean.Append('_');
            else if (!Deceives(rune)) clean.Append(rune);
        }

        string safe = TrimDots(clean.ToString());
        if (safe.Length == 0) return null;
        return Shorten(IsDevice(safe) ? "_" + safe : safe);
    }

    // Leading dots hide a file, .bashrc among them; trailing ones and spaces Windows drops, so that "CON." is the console.
    private static string TrimDots(string name)
    {
        int start = 0, end = name.Length;
        while (start < end && IsDotOrSpace(name[start])) start++;
        while (end > start && IsDotOrSpace(name[end - 1])) end--;
        return name[start..end];
    }

    private static bool IsDotOrSpace(char c) => c == '.' || char.IsWhiteSpace(c);

    // Control characters, and those that turn the reading direction: "\u202Egpj.exe" shows as "exe.jpg".
    private static bool Deceives(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>Whether Windows takes the name for a device, whatever its extension.</summary>
    private static bool IsDevice(ReadOnlySpan<char> name)
    {
        int dot = name.IndexOf('.');
        ReadOnlySpan<char> stem = (dot < 0 ? name : name[..dot]).TrimEnd(' ');
        if (stem.Length == 4 && (char.IsAsciiDigit(stem[3]) || stem[3] is '¹' or '²' or '³'))
            return stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase);

        foreach (string device in (ReadOnlySpan<string>)["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"])
        {
            if (stem.Equals(device, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaxBytes) return name;

        int dot = name.LastIndexOf('.');
        string extension = dot >= 0 && name.Length - dot <= LongestExtension ? name[dot..] : "";
        int room = MaxBytes - Encoding.UTF8.GetByteCount(extension);
        int length = 0;
        foreach (Rune rune in name.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0) break;
            length += rune.Utf16SequenceLength;
        }

        return TrimDots(name[..length]) + extension;
    }
}
