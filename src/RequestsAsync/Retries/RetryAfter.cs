using System.Globalization;

namespace RequestsAsync;

/// <summary>The <c>Retry-After</c> field (RFC 9110 §10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>How long the server asks to wait, <see langword="null"/> if the value says nothing. The caller sets a cap.</summary>
    /// <param name="value">The field value: whole seconds, or a date; one that has passed means no wait.</param>
    /// <param name="now">The time from which a date counts.</param>
    public static TimeSpan? Parse(string? value, DateTimeOffset now)
    {
        ReadOnlySpan<char> text = value.AsSpan().Trim(" \t");
        if (text.IsEmpty) return null;

        if (!text.ContainsAnyExceptInRange('0', '9'))
        {
            // More seconds than a time span holds are still a number: the server asks never to come back.
            bool fits = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
                && seconds <= TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerSecond;
            return fits ? TimeSpan.FromTicks(seconds * TimeSpan.TicksPerSecond) : TimeSpan.MaxValue;
        }

        if (!HttpDate.TryParse(text, now, out DateTimeOffset date)) return null;
        return date > now ? date - now : TimeSpan.Zero;
    }
}
