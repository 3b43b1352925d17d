namespace RequestsAsync.Cli;

/// <summary>One way to send the requests.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="SendAsync">Sends them all.</param>
internal sealed record SendingForm(string Name, Func<Tally, CancellationToken, Task> SendAsync)
{
    /// <summary>Sends them while a background task ticks, and measures both.</summary>
    public async Task<Measurement> MeasureAsync(IDemoScreen screen, int count, CancellationToken cancellationToken)
    {
        Measurement? measured = null;
        await screen.FollowAsync(Name, count, async progress =>
        {
            Ticker ticker = Ticker.StartOnPool();
            Tally tally = new(progress, ticker);
            long started = TimeProvider.System.GetTimestamp();
            await SendAsync(tally, cancellationToken).ConfigureAwait(false);
            TimeSpan wall = TimeProvider.System.GetElapsedTime(started);
            measured = new(Name, wall, tally.Threads, await ticker.StopAsync().ConfigureAwait(false));
        }).ConfigureAwait(false);
        return measured!;
    }
}
