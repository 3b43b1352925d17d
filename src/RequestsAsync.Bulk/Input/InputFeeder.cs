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

    /// <summary>
    /// Brings in what was added to an input that the job had read to its end. An input that cannot be read once more, as a pipe, or is no longer there as it was, has nothing to add.
    /// </summary>
    /// <inheritdoc cref="RunAsync" path="/param"/>
    public static async Task AddRestAsync(Func<Stream> open, InputFormat format, IFrontier frontier, CancellationToken cancellationToken)
    {
        Task<Stream?> opening = Task.Run(() => TryOpen(open), CancellationToken.None);
        if (await Task.WhenAny(opening, Task.Delay(Grace, cancellationToken)).ConfigureAwait(false) != opening)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _ = DisposeAsync(opening); // a pipe to which nobody writes
            return;
        }

        if (await opening.ConfigureAwait(false) is { } stream)
            await Task.Run(() => AddRestAsync(stream, format, frontier, cancellationToken), CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task DisposeAsync(Task<Stream?> opening)
    {
        if (await opening.ConfigureAwait(false) is { } stream) await stream.DisposeAsync().ConfigureAwait(false);
    }

    private static Stream? TryOpen(Func<Stream> open)
    {
        try
        {
            Stream stream = open();
            if (stream.CanSeek) return stream;
            stream.Dispose();
        }
        catch (Exception)
        {
            // It is not there any more, and need not be: all that the job was begun with is in it.
        }

        return null;
    }

    private static async Task AddRestAsync(Stream stream, InputFormat format, IFrontier frontier, CancellationToken cancellationToken)
    {
        FrontierStats stats = await frontier.GetStatsAsync(cancellationToken).ConfigureAwait(false);
        InputReader reader = await InputReader.OpenAsync(stream, format, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            try
            {
                await reader.SkipAsync(stats.LastLine, cancellationToken).ConfigureAwait(false);
            }
            catch (InputException)
            {
                return; // another one, or only its beginning
            }

            List<BulkRequest> batch = new(Batch);
            while (await reader.ReadAsync(batch, Batch, cancellationToken).ConfigureAwait(false))
                await frontier.EnqueueAsync(batch, reader.LastLine, cancellationToken).ConfigureAwait(false);
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
