namespace RequestsAsync;

/// <summary>How long a response asks its reader to stay away.</summary>
internal static class RequestedWait
{
    private const int TooManyRequests = 429;

    /// <summary>The wait, not capped; <see langword="null"/> if the response says nothing of it. Never throws.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="headers">The header fields.</param>
    /// <param name="now">The time from which dates count.</param>
    /// <remarks>
    /// <c>Retry-After</c> goes before all else. Without it a rate limit counts when it is used up, or when the status says so (429):
    /// <c>RateLimit</c>, <c>RateLimit-Reset</c> and <c>X-RateLimit-Reset</c> come with every answer of some servers and then ask for nothing.
    /// Of several wishes the longest holds.
    /// </remarks>
    public static TimeSpan? Of(int status, Headers headers, DateTimeOffset now) => OfRetryAfter(headers, now) ?? OfRateLimits(status, headers, now);

    private static TimeSpan? OfRetryAfter(Headers headers, DateTimeOffset now)
    {
        TimeSpan? longest = null;
        foreach (string value in headers.GetValues("Retry-After")) // a date has a comma, so that lines must not be joined
            longest = Longer(longest, RetryAfter.Parse(value, now));

        return longest;
    }

    private static TimeSpan? OfRateLimits(int status, Headers headers, DateTimeOffset now)
    {
        List<RateLimitWindow> windows = RateLimitField.Parse(headers["RateLimit"]);
        if (Number(headers, "RateLimit-Reset") is { } reset) windows.Add(new(Number(headers, "RateLimit-Remaining") ?? 0, reset));
        if (Number(headers, "X-RateLimit-Reset") is { } custom) windows.Add(new(Number(headers, "X-RateLimit-Remaining"), custom));

        TimeSpan? longest = null, longestUsedUp = null;
        foreach (RateLimitWindow window in windows)
        {
            TimeSpan wait = window.WaitFrom(now);
            longest = Longer(longest, wait);
            if (window.IsUsedUp) longestUsedUp = Longer(longestUsedUp, wait);
        }

        return longestUsedUp ?? (status == TooManyRequests ? longest : null);
    }

    private static decimal? Number(Headers headers, string name) => RateLimitWindow.Number(headers[name]);

    private static TimeSpan? Longer(TimeSpan? one, TimeSpan? other) => one is null || other > one ? other : one;
}
