using System.Globalization;

namespace RequestsAsync;

/// <summary>A rate limit as a response tells it.</summary>
/// <param name="Remaining">How much may still be asked; <see langword="null"/> if it does not say.</param>
/// <param name="Reset">When there will be more, as it stands in the field: seconds from now, or a point in time.</param>
internal readonly record struct RateLimitWindow(decimal? Remaining, decimal Reset)
{
    // So many seconds are thirty years, and as a point in time the year 2001; so many milliseconds are the year 1973.
    private const decimal FirstInstant = 1e9m;
    private const decimal FirstInstantInMilliseconds = 1e11m;

    public bool IsUsedUp => Remaining <= 0;

    /// <summary>How long it is until the reset, no less than zero.</summary>
    /// <remarks>The drafts have seconds from now. GitHub and GitLab give Unix time, others give it in milliseconds: what is too large for a wait is that.</remarks>
    public TimeSpan WaitFrom(DateTimeOffset now)
    {
        decimal seconds = Reset switch
        {
            < FirstInstant => Reset,
            < FirstInstantInMilliseconds => Reset - SecondsOf(now),
            _ => (Reset / 1000) - SecondsOf(now),
        };
        return TimeSpan.FromTicks((long)(Math.Clamp(seconds, 0, FirstInstantInMilliseconds) * TimeSpan.TicksPerSecond));
    }

    /// <summary>The number of a field or of a parameter, which servers write with decimals too; <see langword="null"/> if it is none.</summary>
    public static decimal? Number(ReadOnlySpan<char> text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(text.Trim(HeaderScanner.HttpWhitespace), Style, CultureInfo.InvariantCulture, out decimal number) ? number : null;
    }

    private static decimal SecondsOf(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() / 1000m;
}
