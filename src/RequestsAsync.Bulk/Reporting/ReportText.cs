using System.Globalization;
using System.Net;
using System.Text;

namespace RequestsAsync.Bulk;

/// <summary>How a report writes numbers, times and what others wrote.</summary>
internal static class ReportText
{
    private const int LongestForeign = 300;
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>Text of others' making, as HTML: cut where it is long, without control characters, and kept apart from the direction of the text around it.</summary>
    public static string Foreign(string text)
    {
        StringBuilder safe = new(Math.Min(text.Length, LongestForeign + 1));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (safe.Length >= LongestForeign)
            {
                safe.Append('…');
                break;
            }

            safe.Append(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format ? "�" : rune.ToString());
        }

        return $"<bdi>{WebUtility.HtmlEncode(safe.ToString())}</bdi>";
    }

    /// <summary>A number, with groups of three digits.</summary>
    public static string Number(double number) => number.ToString(number is > 0 and < 10 && number != Math.Floor(number) ? "0.0" : "N0", CultureInfo.InvariantCulture);

    /// <summary>A part of a whole, in percent.</summary>
    public static string Share(long part, long whole) => whole == 0 ? "–" : (100.0 * part / whole).ToString(part > 0 && part * 1000 < whole ? "0.000" : "0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A number of bytes.</summary>
    public static string Bytes(double bytes)
    {
        int unit = 0;
        for (; bytes >= 1000 && unit < Units.Length - 1; unit++) bytes /= 1000;
        return bytes.ToString(unit == 0 || bytes >= 100 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary>A time that is of the size of a response's.</summary>
    public static string Latency(TimeSpan time) => time.TotalMilliseconds switch
    {
        >= 10_000 => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture) + " s",
        >= 1_000 => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        >= 10 => time.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms",
        >= 1 => time.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture) + " ms",
        _ => time.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture) + " ms",
    };

    /// <summary>A time that is of the size of a run's.</summary>
    public static string Duration(TimeSpan time) => time.TotalSeconds switch
    {
        >= 86_400 => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays} d {time.Hours} h"),
        >= 3_600 => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
        >= 60 => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
        _ => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
    };

    /// <summary>A moment.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
}
