using System.Globalization;

namespace RequestsAsync;

/// <summary>The dates of HTTP fields (RFC 9110 §5.6.7).</summary>
/// <remarks>
/// Reads IMF-fixdate, RFC 850 and asctime, and what servers make of them: no weekday, a day of one digit, <c>-</c> in place of
/// spaces, two or four digits of year in each form, UTC or a numeric offset as the zone, or no zone, which means GMT.
/// A weekday that does not fit the date is no error, as in browsers.
/// </remarks>
internal static class HttpDate
{
    /// <summary>The Gregorian calendar begins in the course of 1582; a field with an earlier year holds no date.</summary>
    private const int FirstYear = 1583;

    private const int SecondsPerMinute = 60;
    private const int SecondsPerHour = 3600;

    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private static readonly string[] Weekdays =
    [
        "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ];

    /// <summary>The IMF-fixdate of an instant, as in <c>Sun, 06 Nov 1994 08:49:37 GMT</c>.</summary>
    public static string Format(DateTimeOffset instant) => instant.ToString("r", CultureInfo.InvariantCulture);

    /// <summary>Reads a date. Never throws.</summary>
    /// <param name="text">The field value.</param>
    /// <param name="now">Decides the century of a year of two digits.</param>
    /// <param name="instant">The instant, in UTC.</param>
    public static bool TryParse(ReadOnlySpan<char> text, DateTimeOffset now, out DateTimeOffset instant)
    {
        instant = default;
        ReadOnlySpan<char> rest = text.Trim(" \t");
        if (TryReadName(ref rest, Weekdays, out _))
        {
            if (rest is [',', ..]) rest = rest[1..];
            SkipGap(ref rest);
        }

        int day, year, clock;
        if (TryReadName(ref rest, Months, out int month))
        {
            // asctime: the year comes last.
            if (!(SkipGap(ref rest) && TryReadNumber(ref rest, 1, 2, out day))) return false;
            if (!(SkipGap(ref rest) && TryReadClock(ref rest, out clock))) return false;
            if (!(SkipGap(ref rest) && TryReadYear(ref rest, out year))) return false;
        }
        else
        {
            if (!(TryReadNumber(ref rest, 1, 2, out day) && SkipDash(ref rest) && TryReadName(ref rest, Months, out month))) return false;
            if (!(SkipDash(ref rest) && TryReadYear(ref rest, out year))) return false;
            if (!(SkipGap(ref rest) && TryReadClock(ref rest, out clock))) return false;
        }

        if (!TryReadZone(ref rest, out int offset) || !rest.IsEmpty) return false;

        month++;
        if (year < 100) year = CenturyOf(year, month, day, clock, now) + year;
        if (year < FirstYear || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;

        long ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks + ((clock - offset) * TimeSpan.TicksPerSecond);
        if (ticks > DateTime.MaxValue.Ticks) return false;

        instant = new(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>The century in which a date is the latest that lies no more than 50 years ahead (RFC 9110 §5.6.7).</summary>
    private static int CenturyOf(int shortYear, int month, int day, int clock, DateTimeOffset now)
    {
        DateTime utc = now.UtcDateTime;
        int century = (utc.Year / 100 * 100) + 100;
        while (century + shortYear > DateTime.MaxValue.Year || IsTooLate(century + shortYear))
            century -= 100;
        return century;

        bool IsTooLate(int year) =>
            (year, month, day, clock).CompareTo((utc.Year + 50, utc.Month, utc.Day, (int)utc.TimeOfDay.TotalSeconds)) > 0;
    }

    private static bool TryReadName(ref ReadOnlySpan<char> rest, string[] names, out int index)
    {
        int length = 0;
        while (length < rest.Length && char.IsAsciiLetter(rest[length]))
            length++;

        for (index = 0; index < names.Length; index++)
        {
            if (!rest[..length].Equals(names[index], StringComparison.OrdinalIgnoreCase)) continue;
            rest = rest[length..];
            return true;
        }

        return false;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<char> rest, int minDigits, int maxDigits, out int number)
    {
        number = 0;
        int length = 0;
        while (length < rest.Length && char.IsAsciiDigit(rest[length]))
        {
            if (length == maxDigits) return false;
            number = (number * 10) + rest[length++] - '0';
        }

        if (length < minDigits) return false;
        rest = rest[length..];
        return true;
    }

    /// <summary>Reads two digits or four.</summary>
    private static bool TryReadYear(ref ReadOnlySpan<char> rest, out int year)
    {
        int before = rest.Length;
        return TryReadNumber(ref rest, 2, 4, out year) && before - rest.Length != 3 && (before - rest.Length == 2 || year >= FirstYear);
    }

    /// <summary>Reads hours, minutes and seconds as seconds. Second 60, a leap second, is the first of the next minute.</summary>
    private static bool TryReadClock(ref ReadOnlySpan<char> rest, out int clock)
    {
        clock = 0;
        if (!(TryReadNumber(ref rest, 1, 2, out int hour) && SkipColon(ref rest) && TryReadNumber(ref rest, 1, 2, out int minute))) return false;
        if (!(SkipColon(ref rest) && TryReadNumber(ref rest, 1, 2, out int second))) return false;

        clock = (hour * SecondsPerHour) + (minute * SecondsPerMinute) + second;
        return hour < 24 && minute < 60 && second <= 60;
    }

    /// <summary>Reads the zone as seconds east of Greenwich.</summary>
    private static bool TryReadZone(ref ReadOnlySpan<char> rest, out int offset)
    {
        offset = 0;
        SkipGap(ref rest);
        if (rest is not ['+' or '-', ..])
            return rest.IsEmpty || TryReadName(ref rest, ["GMT", "UTC", "UT", "Z"], out _);

        int sign = rest[0] == '-' ? -1 : 1;
        rest = rest[1..];
        if (!TryReadNumber(ref rest, 4, 4, out int digits) || digits % 100 >= 60 || digits >= 2400) return false;

        offset = sign * ((digits / 100 * SecondsPerHour) + (digits % 100 * SecondsPerMinute));
        return true;
    }

    private static bool SkipGap(ref ReadOnlySpan<char> rest)
    {
        int before = rest.Length;
        rest = rest.TrimStart(" \t");
        return rest.Length < before;
    }

    private static bool SkipDash(ref ReadOnlySpan<char> rest) => Skip(ref rest, '-') || SkipGap(ref rest);

    private static bool SkipColon(ref ReadOnlySpan<char> rest) => Skip(ref rest, ':');

    private static bool Skip(ref ReadOnlySpan<char> rest, char c)
    {
        if (rest.IsEmpty || rest[0] != c) return false;
        rest = rest[1..];
        return true;
    }
}
