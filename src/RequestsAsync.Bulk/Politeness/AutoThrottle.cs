namespace RequestsAsync.Bulk;

/// <summary>The delay that a host's latency asks for, by Scrapy's rule with one request at a time.</summary>
internal static class AutoThrottle
{
    /// <summary>The next delay: half-way from the last one to the latency, and at least the latency. Errors are often quick and never make it shorter.</summary>
    /// <param name="delay">The delay so far.</param>
    /// <param name="latency">How long the first byte took.</param>
    /// <param name="isGood">Whether it was a good response.</param>
    /// <param name="least">The delay that is kept in any case.</param>
    /// <param name="most">The longest delay.</param>
    public static TimeSpan Next(TimeSpan delay, TimeSpan latency, bool isGood, TimeSpan least, TimeSpan most)
    {
        TimeSpan next = (delay + latency) / 2;
        if (next < latency) next = latency;
        if (!isGood && next < delay) next = delay;
        return next < least ? least : next > most ? most : next;
    }
}
