namespace RequestsAsync.Bulk;

/// <summary>Brings an input into a frontier, no faster than it is worked off.</summary>
internal static class InputFeeder
{
    private const int Batch = 2048;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Brings it in, from the line on at which the job stands, to its end.</summary>
    /// <param name="options">The job.</param>
    /// <param name="frontier">Its frontier.</param>
    /// <param name="isHungry">Whether the worker could do with more than waits: with other hosts.</param>
    /// <param name="cancellationToken">Ends it; what was brought in stays.</param>
    /// <exception cref="InputException">The input is damaged, or another one than the job began with.</exception>
    public static async Task RunAsync(BulkJobOptions options, IFrontier frontier, Func<bool> isHungry, CancellationToken cancellationToken)
    {
        FrontierStats stats = await frontier.GetStatsAsync(cancellationToken).ConfigureAwait(false);
        if (stats.InputCompleted) return;

        InputReader reader = await InputReader.OpenAsync(options.OpenInput(), options.InputFormat, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await reader.SkipAsync(stats.LastLine, cancellationToken).ConfigureAwait(false);
            List<BulkRequest> batch = new(Batch);
            while (await reader.ReadAsync(batch, Batch, cancellationToken).ConfigureAwait(false))
            {
                await frontier.EnqueueAsync(batch, reader.LastLine, cancellationToken).ConfigureAwait(false);
                while (!isHungry() && (await frontier.GetStatsAsync(cancellationToken).ConfigureAwait(false)).Waiting >= options.ReadAhead)
                    await Task.Delay(Pause, options.Fetching.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
        }

        await frontier.CompleteInputAsync(cancellationToken).ConfigureAwait(false);
    }
}
