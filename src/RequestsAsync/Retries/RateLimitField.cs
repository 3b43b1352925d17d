namespace RequestsAsync;

/// <summary>The <c>RateLimit</c> field of draft-ietf-httpapi-ratelimit-headers, in the form of its later and of its earlier versions.</summary>
internal static class RateLimitField
{
    /// <summary>Reads <c>"burst";r=0;t=5, "daily";r=90;t=3600</c> as two limits and <c>limit=100, remaining=0, reset=5</c> as one. Never throws.</summary>
    /// <param name="value">The field value.</param>
    /// <returns>Those that say when they are reset. One that does not say what remains counts as used up: why else would it be in an error.</returns>
    public static List<RateLimitWindow> Parse(string? value)
    {
        List<RateLimitWindow> windows = [];
        decimal? remaining = null, reset = null;
        HeaderScanner members = new(value);
        do
        {
            decimal? r = null, t = null;
            HeaderScanner parts = new(members.TakeUntilUnquoted(','));
            do
            {
                ReadOnlySpan<char> part = parts.TakeUntilUnquoted(';');
                int sign = part.IndexOf('=');
                if (sign < 0) continue;

                decimal? number = RateLimitWindow.Number(part[(sign + 1)..]);
                switch (part[..sign].Trim(HeaderScanner.HttpWhitespace))
                {
                    case "r": r = number; break;
                    case "t": t = number; break;
                    case "remaining": remaining = number; break;
                    case "reset": reset = number; break;
                }
            }
            while (parts.TryTake(';'));

            if (t is { } later) windows.Add(new(r ?? 0, later));
        }
        while (members.TryTake(','));

        if (reset is { } earlier) windows.Add(new(remaining ?? 0, earlier));
        return windows;
    }
}
