namespace RequestsAsync.Bulk;

/// <summary>The frontier of a job on one machine: a folder, which survives any end of the process at any moment.</summary>
/// <remarks>
/// <para>
/// Two files hold the job, and both only grow: <c>requests.spool</c> the requests as they were added, <c>journal</c> what became of them. A call that changes the job
/// is on the disk (fsync) before it returns, together with those that were made at the same time. What a crash leaves half written at the end of a file is cut off
/// when the job is opened again, and never was anything that a call had promised.
/// </para>
/// <para>
/// In memory are the hosts, three to four bytes for each request that waits, and the ids by which repetitions are known (see
/// <see cref="LocalFrontierOptions.DeduplicationMemory"/>). Leases are in memory alone: when the job is opened again all of before are over, and their requests
/// that were not settled wait again.
/// </para>
/// <para>
/// Times go by the machine's monotonic clock. Only what is left of blocks and delays when a job is opened again goes by the clock on the wall, and is never longer
/// than it was.
/// </para>
/// </remarks>
public sealed partial class LocalFrontier : IFrontier
{
    // No timer counts further than some weeks.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Job _job;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _closed;

    private LocalFrontier(Job job)
    {
        _job = job;
    }

    /// <summary>
    /// How many bytes at the beginning of the output are settled for good: what was passed last as <see cref="LeaseQuery.OutputPosition"/>, or to
    /// <see cref="SettleFoundAsync"/>. 0 for a new job.
    /// </summary>
    /// <remarks>
    /// A job that is resumed reads its output from here: the requests of whole records after it are done, though the journal does not know; a record that is not
    /// whole is cut off.
    /// </remarks>
    public long CommittedOutput
    {
        get
        {
            lock (_gate) return _job.State.OutputPosition;
        }
    }

    /// <summary>Opens the job in a folder, or begins one there.</summary>
    /// <param name="folder">The folder; it is made where it is not there. It belongs to this job alone.</param>
    /// <param name="options">How it works; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Ends the call before it has begun.</param>
    /// <exception cref="FrontierException">Another process has the job open, the folder cannot be written, or its files are damaged: the message names the file and the byte.</exception>
    public static async ValueTask<LocalFrontier> OpenAsync(string folder, LocalFrontierOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string path = Path.GetFullPath(folder);
        return new(await Task.Run(() => JobRecovery.Open(path, options ?? new()), cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public ValueTask<int> EnqueueAsync(IReadOnlyList<BulkRequest> requests, long lastLine, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return new(SubmitAsync(new EnqueueOperation(requests, lastLine, cancellationToken)));
    }

    /// <inheritdoc/>
    public ValueTask CompleteInputAsync(CancellationToken cancellationToken = default) => new(SubmitAsync(new EntryOperation(
        static entries => entries.InputCompleted(), static (state, _) => state.IsInputCompleted = true, cancellationToken)));

    /// <summary>Cancels the job: nothing more is leased, and what is in flight may still be settled.</summary>
    /// <exception cref="FrontierException">It could not be stored.</exception>
    public ValueTask CancelAsync(CancellationToken cancellationToken = default) => new(SubmitAsync(new EntryOperation(
        static entries => entries.Cancelled(), static (state, _) => state.IsCancelled = true, cancellationToken)));

    /// <inheritdoc/>
    public ValueTask<LeaseBatch> LeaseAsync(LeaseQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new(SubmitAsync(new LeaseOperation(query, cancellationToken)));
    }

    /// <summary>
    /// Settles requests of which a job that is resumed found whole records in its output, after <see cref="CommittedOutput"/>. It is called before anything is leased.
    /// </summary>
    /// <param name="ids">Their ids. Those that are done already, or are none of the job's, change nothing.</param>
    /// <param name="outputPosition">Where the last of the records ends: <see cref="CommittedOutput"/> from now on.</param>
    /// <param name="cancellationToken">Ends the call before it has begun.</param>
    /// <returns>How many were not done before.</returns>
    /// <exception cref="FrontierException">It could not be stored; nothing of it took effect.</exception>
    /// <remarks>It reads all requests of the job once: a second for some million of them.</remarks>
    public ValueTask<int> SettleFoundAsync(IReadOnlyCollection<RequestId> ids, long outputPosition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfNegative(outputPosition);
        return new(SubmitAsync(new FoundOperation(ids, outputPosition, cancellationToken)));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LeaseKey>> RenewAsync(string worker, IReadOnlyList<LeaseKey> leases, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(worker);
        ArgumentNullException.ThrowIfNull(leases);
        cancellationToken.ThrowIfCancellationRequested();
        List<LeaseKey> lost = [];
        lock (_gate)
        {
            ThrowIfClosed();
            long now = _job.Clock.Now;
            foreach (LeaseKey key in leases)
            {
                if (_job.State.Find(key) is { } lease && lease.Worker == worker && lease.ExpiresAt > now) lease.Renew(now);
                else lost.Add(key);
            }
        }

        return new(lost);
    }

    /// <inheritdoc/>
    public ValueTask BlockHostAsync(string host, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new(SubmitAsync(new EntryOperation(
            entries => entries.Delay(host, duration),
            (state, clock) => state.Delay(state.Host(host), JobClock.Add(clock.Now, duration), clock.Now),
            cancellationToken)));
    }

    /// <inheritdoc/>
    public async ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken = default)
    {
        long until = JobClock.Add(_job.Clock.Now, atMost);
        while (Waiting(until, out Task changed) is { } time)
        {
            using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed, Task.Delay(time, _job.Clock.Time, source.Token)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            await source.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask<FrontierStats> GetStatsAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            ThrowIfClosed();
            Advance();
            JobState state = _job.State;
            return new(new FrontierStats
            {
                State = state.State,
                InputCompleted = state.IsInputCompleted,
                Added = state.Added,
                Done = state.Done.Count,
                Leased = state.LeasedRequests,
                Hosts = state.HostCount,
                LeasedHosts = state.LeasedHosts,
                BlockedHosts = state.Schedule.TimedCount,
                LastLine = state.LastLine,
            });
        }
    }

    /// <summary>Ends the calls that were made, and closes the files. The job stays, to be opened again.</summary>
    public async ValueTask DisposeAsync()
    {
        Task closed;
        lock (_gate) closed = _closed ??= SubmitAsync(new CloseOperation());
        await closed.ConfigureAwait(false);
    }

    /// <returns>How long there is nothing to do unless something changes; <see langword="null"/> if there may be something, or the time is over.</returns>
    private TimeSpan? Waiting(long until, out Task changed)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            Advance();
            changed = _changed.Task;
            long now = _job.Clock.Now;
            if (now >= until || _job.State.State != FrontierState.Open || _job.Fault is not null) return null;
            long? next = _job.State.NextChange(now);
            if (next <= now && !_isCommitting) return null;
            long end = Math.Min(Math.Min(until, next ?? until), now + LongestWait.Ticks);
            return TimeSpan.FromTicks(Math.Max(end - now, TimeSpan.TicksPerMillisecond));
        }
    }

    // A lease must not end while a call that settles in it is being written: it may, a moment later.
    private void Advance()
    {
        if (!_isCommitting) _job.State.Advance(_job.Clock.Now);
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed is not null, this);
}
