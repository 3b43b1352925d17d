using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary>Reads dates as people type them: a day, a month's name, a year and a time in any order, or eight digits (<c>curl_getdate</c>).</summary>
internal static class CurlDate
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>The time, or <see langword="null"/> when it is none. Without a zone it is UTC.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        int day = 0, month = 0, year = 0;
        TimeSpan time = TimeSpan.Zero, zone = TimeSpan.Zero;
        foreach (string word in text.Split([' ', ',', '/', '\t'], StringSplitOptions.RemoveEmptyEntries).SelectMany(SplitDays))
        {
            if (word.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(word, CultureInfo.InvariantCulture, out TimeSpan clock)) time = clock;
            else if (word.Length >= 3 && Array.IndexOf(Months, word[..3].ToLowerInvariant()) is >= 0 and int index && word.All(char.IsAsciiLetter)) month = index + 1;
            else if (word is [var sign and ('+' or '-'), _, _, _, _] && int.TryParse(word.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int offset))
                zone = TimeSpan.FromMinutes(((offset / 100 * 60) + (offset % 100)) * (sign == '+' ? 1 : -1));
            else if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                if (word.Length == 8) (year, month, day) = (number / 10000, number / 100 % 100, number % 100);
                else if (word.Length <= 2 && day == 0) day = number;
                else if (year == 0) year = word.Length <= 2 ? number + (number < 70 ? 2000 : 1900) : number;
                else return null;
            }
            else if (!IsDayOrZone(word)) return null;
        }

        return Make(year, month, day, time, zone);
    }

    private static DateTimeOffset? Make(int year, int month, int day, TimeSpan time, TimeSpan zone)
    {
        if (year is < 1601 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        if (time < TimeSpan.Zero || time.Days > 0 || zone.Duration() > TimeSpan.FromHours(14)) return null;
        return new DateTimeOffset(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified) + time, zone).ToUniversalTime();
    }

    // "13-Feb-2010" and "2010-02-13", but not "-0500".
    private static IEnumerable<string> SplitDays(string word)
    {
        if (word.Length <= 5 || !word.Contains('-', StringComparison.Ordinal)) return [word];

        string[] parts = word.Split('-', StringSplitOptions.RemoveEmptyEntries);
        bool isIso = parts is [{ Length: 4 }, { Length: 2 }, { Length: 2 }] && Array.TrueForAll(parts, static part => part.All(char.IsAsciiDigit));
        return isIso ? [string.Concat(parts)] : parts;
    }

    private static bool IsDayOrZone(string word) => word.ToLowerInvariant() is
        "gmt" or "utc" or "ut" or "z" or "mon" or "tue" or "wed" or "thu" or "fri" or "sat" or "sun"
        or "monday" or "tuesday" or "wednesday" or "thursday" or "friday" or "saturday" or "sunday";
}
