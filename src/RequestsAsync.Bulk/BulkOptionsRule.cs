using System.Globalization;

namespace RequestsAsync.Bulk;

/// <summary>Sees to it that options make sense before anything begins.</summary>
internal static class BulkOptionsRule
{
    // Sums of such times and a clock's timestamps fit any of them.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <exception cref="ArgumentException">An option makes no sense; the message names it.</exception>
    public static void Check(BulkOptions options, IReadOnlyList<IBodySink> bodies)
    {
        AtLeast(options.MaxConcurrency, 1, nameof(BulkOptions.MaxConcurrency));
        AtLeast(options.MaxPerHost, 1, nameof(BulkOptions.MaxPerHost));
        AtLeast(options.MaxRetries, 0, nameof(BulkOptions.MaxRetries));
        AtLeast(options.MaxRedirects, 0, nameof(BulkOptions.MaxRedirects));
        AtLeast(options.MaxBodyBytes, 0, nameof(BulkOptions.MaxBodyBytes));
        AtLeast(options.BatchSize, 1, nameof(BulkOptions.BatchSize));
        Between(options.Delay, TimeSpan.Zero, nameof(BulkOptions.Delay));
        Between(options.MaxDelay, TimeSpan.Zero, nameof(BulkOptions.MaxDelay));
        Between(options.MaxBlock, TimeSpan.Zero, nameof(BulkOptions.MaxBlock));
        Between(options.LeaseDuration, TimeSpan.FromMilliseconds(1), nameof(BulkOptions.LeaseDuration));
        Between(options.BatchInterval, TimeSpan.Zero, nameof(BulkOptions.BatchInterval));
        if (string.IsNullOrEmpty(options.Worker)) throw Wrong(nameof(BulkOptions.Worker), "empty", "every worker of a job has a name of its own");
        if (string.IsNullOrEmpty(options.RobotsProduct)) throw Wrong(nameof(BulkOptions.RobotsProduct), "empty", "a robots.txt is searched for it");
        if (bodies.Count > 0 && options.Bodies != BodyPolicy.File)
            throw Wrong(nameof(BulkOptions.Bodies), $"{options.Bodies}", $"contents are kept for a place outside the records only with {nameof(BodyPolicy.File)}");
        if (bodies.Count == 0 && options.Bodies == BodyPolicy.File)
            throw Wrong(nameof(BulkOptions.Bodies), $"{options.Bodies}", $"and there is no place for the contents: name an {nameof(IBodySink)}");
    }

    /// <exception cref="ArgumentException">An option makes no sense; the message names it.</exception>
    public static void Check(HostPolicy policy, string host)
    {
        if (policy.MaxInFlight is < 1) throw Wrong($"{nameof(HostPolicy.MaxInFlight)} of {host}", Text(policy.MaxInFlight), "it must be 1 or more");
        if (policy.Delay is { } delay) Between(delay, TimeSpan.Zero, $"{nameof(HostPolicy.Delay)} of {host}");
    }

    private static void AtLeast(long value, long least, string option)
    {
        if (value < least) throw Wrong(option, Text(value), $"it must be {Text(least)} or more");
    }

    private static void Between(TimeSpan value, TimeSpan least, string option)
    {
        if (value < least || value > Longest) throw Wrong(option, Text(value), $"it must be from {Text(least)} to {Text(Longest)}");
    }

    private static ArgumentException Wrong(string option, string value, string rule) => new($"The option {option} is {value}: {rule}.", option);

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}
