namespace RequestsAsync.Bulk;

/// <summary>Brings an input into a frontier.</summary>
internal static class InputFeeder
{
    private const int Batch = 2048;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.5);

    /// <summary>Brings it in, from the line on at which the job stands, to its end.</summary>
    /// <param name="open">Opens the input; the stream is disposed here.</param>
    /// <param name="format">How its lines are written.</param>
    /// <param name="frontier">The job's frontier.</param>
    /// <param name="pause">Waits, after each batch, until more is wanted; <see langword="null"/> where all is.</param>
    /// <param name="cancellationToken">Ends it; what was brought in stays.</param>
    /// <returns>How many requests were new, and the last line that was read.</returns>
    /// <exception cref="InputException">The input is damaged, or another one than the job began with.</exception>
    public static async Task<(long Added, long LastLine)> RunAsync(Func<Stream> open, InputFormat format, IFrontier frontier, Func<CancellationToken, ValueTask>? pause, CancellationToken cancellationToken)
    {
        Task<(long Added, long LastLine)> feeding = Task.Run(() => FeedAsync(open, format, frontier, pause, cancellationToken), CancellationToken.None);
        try
        {
            return await feeding.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A terminal or a pipe in which nothing comes does not come back from reading, and is not waited for.
            await Task.WhenAny(feeding, Task.Delay(Grace, CancellationToken.None)).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<(long Added, long LastLine)> FeedAsync(Func<Stream> open, InputFormat format, IFrontier frontier, Func<CancellationToken, ValueTask>? pause, CancellationToken cancellationToken)
    {
        FrontierStats stats = await frontier.GetStatsAsync(cancellationToken).ConfigureAwait(false);
        if (stats.InputCompleted) return (0, stats.LastLine);

        long added = 0;
        InputReader reader = await InputReader.OpenAsync(open(), format, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await reader.SkipAsync(stats.LastLine, cancellationToken).ConfigureAwait(false);
            List<BulkRequest> batch = new(Batch);
            while (await reader.ReadAsync(batch, Batch, cancellationToken).ConfigureAwait(false))
            {
                added += await frontier.EnqueueAsync(batch, reader.LastLine, cancellationToken).ConfigureAwait(false);
                if (pause is not null) await pause(cancellationToken).ConfigureAwait(false);
            }
        }

        await frontier.CompleteInputAsync(cancellationToken).ConfigureAwait(false);
        return (added, reader.LastLine);
    }
}
