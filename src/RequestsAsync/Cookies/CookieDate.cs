namespace RequestsAsync;

/// <summary>The dates of <c>Expires</c>, by the forgiving algorithm of RFC 6265bis §5.1.1.</summary>
internal static class CookieDate
{
    private const string Months = "janfebmaraprmayjunjulaugsepoctnovdec";

    /// <summary>
    /// Takes the first token that looks like a time, a day, a month and a year, each; whatever else there is does not matter.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset date)
    {
        TimeSpan time = default;
        int day = 0, month = 0, year = 0;
        bool hasTime = false, hasDay = false, hasMonth = false, hasYear = false;
        while (TryTakeToken(ref text, out ReadOnlySpan<char> token))
        {
            if (!hasTime && TryReadTime(token, out time)) hasTime = true;
            else if (!hasDay && TryReadNumber(token, 1, 2, out day)) hasDay = true;
            else if (!hasMonth && TryReadMonth(token, out month)) hasMonth = true;
            else if (!hasYear && TryReadNumber(token, 2, 4, out year)) hasYear = true;
        }

        if (year is >= 70 and <= 99) year += 1900;
        else if (year < 70) year += 2000;

        date = default;
        if (!hasTime || !hasDay || !hasMonth || !hasYear) return false;
        if (time < TimeSpan.Zero || year < 1601 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;

        date = new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero) + time;
        return true;
    }

    private static bool TryTakeToken(scoped ref ReadOnlySpan<char> text, out ReadOnlySpan<char> token)
    {
        int start = 0;
        while (start < text.Length && IsDelimiter(text[start])) start++;
        int end = start;
        while (end < text.Length && !IsDelimiter(text[end])) end++;

        token = text[start..end];
        text = text[end..];
        return !token.IsEmpty;
    }

    private static bool IsDelimiter(char c) =>
        c is '\t' or (>= ' ' and <= '/') or (>= ';' and <= '@') or (>= '[' and <= '`') or (>= '{' and <= '~');

    /// <summary>
    /// hh:mm:ss of one or two digits each; negative when it has that form and is no time of a day, which spoils the whole date.
    /// </summary>
    private static bool TryReadTime(ReadOnlySpan<char> token, out TimeSpan time)
    {
        time = default;
        int first = token.IndexOf(':');
        if (first < 0) return false;

        int second = token[(first + 1)..].IndexOf(':') + first + 1;
        if (second == first) return false;
        if (!TryReadDigits(token[..first], 2, out int hour)
            || !TryReadDigits(token[(first + 1)..second], 2, out int minute)
            || !TryReadNumber(token[(second + 1)..], 1, 2, out int seconds))
        {
            return false;
        }

        time = hour <= 23 && minute <= 59 && seconds <= 59 ? new TimeSpan(hour, minute, seconds) : TimeSpan.MinValue;
        return true;
    }

    private static bool TryReadMonth(ReadOnlySpan<char> token, out int month)
    {
        month = 0;
        if (token.Length < 3) return false;

        for (int start = 0; start < Months.Length && month == 0; start += 3)
        {
            if (token[..3].Equals(Months.AsSpan(start, 3), StringComparison.OrdinalIgnoreCase)) month = (start / 3) + 1;
        }

        return month != 0;
    }

    /// <summary>Reads so many digits, behind which anything but another digit may follow.</summary>
    private static bool TryReadNumber(ReadOnlySpan<char> token, int least, int most, out int number)
    {
        int length = token.IndexOfAnyExceptInRange('0', '9');
        if (length < 0) length = token.Length;
        number = 0;
        return length >= least && TryReadDigits(token[..length], most, out number);
    }

    private static bool TryReadDigits(ReadOnlySpan<char> digits, int most, out int number)
    {
        number = 0;
        if (digits.IsEmpty || digits.Length > most) return false;

        foreach (char digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return false;
            number = (number * 10) + digit - '0';
        }

        return true;
    }
}
