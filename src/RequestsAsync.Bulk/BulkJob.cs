namespace RequestsAsync.Bulk;

/// <summary>A job on one machine: reads its input, fetches it, and writes a record for each request. It survives any end, and goes on where it was.</summary>
public sealed class BulkJob : IAsyncDisposable
{
    private static readonly TimeSpan ReadingPause = TimeSpan.FromMilliseconds(20);

    private readonly BulkJobOptions _options;
    private readonly LocalFrontier _frontier;
    private readonly BulkWorker _worker;
    private readonly long _ofEarlierRuns;

    private BulkJob(BulkJobOptions options, LocalFrontier frontier, BulkWorker worker)
    {
        _ofEarlierRuns = frontier.CommittedOutput;
        _options = options;
        _frontier = frontier;
        _worker = worker;
    }

    /// <summary>How far it is, since it was opened.</summary>
    public BulkProgress Progress => _worker.Progress;

    /// <summary>Opens a job. One that goes on takes from its output what the last run wrote and could not settle any more.</summary>
    /// <exception cref="ArgumentException">An option makes no sense; the message names it.</exception>
    /// <exception cref="FrontierException">The folder cannot be used: another process has it, a job is there and is not to go on, its files are damaged.</exception>
    /// <exception cref="SinkException">The output cannot be opened, is gone, or is there and is not the job's own: then nothing of it is touched.</exception>
    /// <exception cref="InvalidRequestException">An option of the session is not allowed.</exception>
    public static async ValueTask<BulkJob> OpenAsync(BulkJobOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.ReadAhead < 1) throw new ArgumentException($"The option {nameof(BulkJobOptions.ReadAhead)} is {options.ReadAhead}: it must be 1 or more.", nameof(options));
        BulkOptionsRule.Check(options.Fetching, options.Bodies);
        LocalFrontier frontier = await LocalFrontier.OpenAsync(options.Folder, options.Frontier, cancellationToken).ConfigureAwait(false);
        try
        {
            FrontierStats stats = await frontier.GetStatsAsync(cancellationToken).ConfigureAwait(false);
            if (stats.LastLine > 0 && !options.Resume)
                throw new FrontierException($"There is a job in {options.Folder} already: resume it, or choose another folder.");

            long settled = frontier.CommittedOutput;
            await OutputCheck.CheckAsync(options.Output, settled, isNewJob: stats.LastLine == 0 && settled == 0, cancellationToken).ConfigureAwait(false);
            BulkWorker worker = new(frontier, options.Fetching, new() { Path = options.Output, MustExist = settled > 0, Bodies = options.Bodies, Report = options.Report });
            try
            {
                await OutputRecovery.RunAsync(options.Output, frontier, cancellationToken).ConfigureAwait(false);
                return new(options, frontier, worker);
            }
            catch
            {
                await worker.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        catch
        {
            await frontier.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>How the whole job stands.</summary>
    public ValueTask<FrontierStats> GetStatsAsync(CancellationToken cancellationToken = default) => _frontier.GetStatsAsync(cancellationToken);

    /// <summary>Whether a request of an earlier run ended with an error. It reads the output of those runs, as far as the first one.</summary>
    /// <exception cref="SinkException">The output cannot be read.</exception>
    public ValueTask<bool> HasEarlierErrorsAsync(CancellationToken cancellationToken = default) => OutputErrors.AnyAsync(_options.Output, _ofEarlierRuns, cancellationToken);

    /// <inheritdoc cref="BulkWorker.Drain"/>
    public void Drain() => _worker.Drain();

    /// <summary>Works until the input has ended and all of it is done, or it is told to stop.</summary>
    /// <param name="cancellationToken">Ends what is in flight at once. What was received is stored.</param>
    /// <exception cref="InputException">The input is damaged. What was read of it and could be fetched by then is done; the job can be resumed with a whole one.</exception>
    /// <exception cref="SinkException">Results cannot be stored. What could not be is not done: the job can be resumed.</exception>
    /// <exception cref="FrontierException">The job's files cannot be written.</exception>
    public async Task<BulkSummary> RunAsync(CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource feeding = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bool isRead = (await _frontier.GetStatsAsync(cancellationToken).ConfigureAwait(false)).InputCompleted;
        if (isRead) await InputFeeder.AddRestAsync(_options.OpenInput, _options.InputFormat, _frontier, cancellationToken).ConfigureAwait(false); // before the worker can find all done
        Task feeder = isRead ? Task.CompletedTask : FeedAsync(feeding.Token);
        BulkSummary summary;
        try
        {
            summary = await _worker.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await feeding.CancelAsync().ConfigureAwait(false);
            await feeder.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (feeder.IsFaulted) await feeder.ConfigureAwait(false);
        return summary;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync().ConfigureAwait(false);
        await _frontier.DisposeAsync().ConfigureAwait(false);
    }

    // The input is read no faster than it is worked off.
    private async ValueTask PauseAsync(CancellationToken cancellationToken)
    {
        while (!_worker.IsHungry && (await _frontier.GetStatsAsync(cancellationToken).ConfigureAwait(false)).Waiting >= _options.ReadAhead)
            await Task.Delay(ReadingPause, _options.Fetching.TimeProvider, cancellationToken).ConfigureAwait(false);
    }

    private async Task FeedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await InputFeeder.RunAsync(_options.OpenInput, _options.InputFormat, _frontier, PauseAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _worker.Drain();
            throw;
        }
    }
}
