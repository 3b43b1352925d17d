namespace RequestsAsync;

/// <summary>The phases of an entry in milliseconds; -1 for one that does not apply. <see cref="Connect"/> includes <see cref="Ssl"/>.</summary>
internal readonly record struct HarTimes(double Blocked, double Dns, double Connect, double Ssl, double Send, double Wait, double Receive)
{
    /// <summary>All of them; by the format that is the time of the entry.</summary>
    public double Sum => Positive(Blocked) + Positive(Dns) + Positive(Connect) + Send + Wait + Receive;

    public static HarTimes Of(Timings timings)
    {
        TimeSpan opened = timings.Queue + timings.Dns + timings.Connect + timings.Tls;
        TimeSpan sent = Later(timings.RequestSent ?? opened, opened);
        TimeSpan firstByte = Later(timings.FirstByte ?? timings.Total, sent);
        TimeSpan total = Later(timings.Total, firstByte);
        return new(
            OrNone(timings.Queue),
            OrNone(timings.Dns),
            OrNone(timings.Connect + timings.Tls),
            OrNone(timings.Tls),
            (sent - opened).TotalMilliseconds,
            (firstByte - sent).TotalMilliseconds,
            (total - firstByte).TotalMilliseconds);
    }

    /// <summary>Nothing but waiting.</summary>
    public static HarTimes Waited(TimeSpan time, TimeSpan receiving = default) => new(-1, -1, -1, -1, 0, time.TotalMilliseconds, receiving.TotalMilliseconds);

    // A server may answer before the request was sent to its end.
    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static double OrNone(TimeSpan time) => time > TimeSpan.Zero ? time.TotalMilliseconds : -1;

    private static double Positive(double time) => Math.Max(time, 0);
}
