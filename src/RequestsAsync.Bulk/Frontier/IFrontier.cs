namespace RequestsAsync.Bulk;

/// <summary>
/// What is still to be fetched, what is being fetched and what is done, of one job: durable, and shared by all who work on it.
/// </summary>
/// <remarks>
/// <para>
/// The unit of work is a host. A worker leases hosts, each with some of its requests, and while it holds one nobody else gets it: how many requests are in flight
/// to that host, and how long they are apart, is the holder's to keep, and so it is kept over all workers. A lease ends when it is released, or by time, by the
/// frontier's clock alone. Each lease of a host has a greater fence than the one before; what comes with an older fence is refused, so that a worker that was
/// stopped and woke up again changes nothing.
/// </para>
/// <para>
/// All times in the interface are spans, counted from the call: the clocks of the workers do not matter.
/// An implementation is safe for use by several threads at once. <c>FrontierContract</c> in the tests says what each must do.
/// </para>
/// </remarks>
public interface IFrontier : IAsyncDisposable
{
    /// <summary>Adds requests to the end of their hosts' queues. Those whose id is known to the job already, done or not, are left out.</summary>
    /// <param name="requests">The requests; none of them is fine, to note the line alone.</param>
    /// <param name="lastLine">The last line of the input that was read for them: <see cref="FrontierStats.LastLine"/> from now on. 0 where the input has no lines.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How many were new. They are durable when this returns.</returns>
    /// <exception cref="FrontierException">They could not be stored; none of them was added.</exception>
    ValueTask<int> EnqueueAsync(IReadOnlyList<BulkRequest> requests, long lastLine, CancellationToken cancellationToken = default);

    /// <summary>Says that nothing more will be enqueued: once all is done, the job is <see cref="FrontierState.Finished"/>.</summary>
    ValueTask CompleteInputAsync(CancellationToken cancellationToken = default);

    /// <summary>Settles what was leased, releases hosts, and leases more: in one transaction, which is durable when this returns.</summary>
    /// <remarks>Settlements and releases whose fence is old are refused and told in the result; the others take effect.</remarks>
    /// <exception cref="FrontierException">Nothing of it took effect; the same call can be made again.</exception>
    ValueTask<LeaseBatch> LeaseAsync(LeaseQuery query, CancellationToken cancellationToken = default);

    /// <summary>Makes leases last their full time again, counted from now.</summary>
    /// <returns>Those that were lost: ended and given to somebody else, or not held by this worker.</returns>
    ValueTask<IReadOnlyList<LeaseKey>> RenewAsync(string worker, IReadOnlyList<LeaseKey> leases, CancellationToken cancellationToken = default);

    /// <summary>Lets nobody lease a host for some time (<c>Retry-After</c>, 429, 503). A block is never shortened by a later one; a lease that is held goes on.</summary>
    ValueTask BlockHostAsync(string host, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Waits until there may be something to lease: requests were added, a host's time has come, a lease has ended; at most for the time given.</summary>
    ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken = default);

    /// <summary>How the job stands.</summary>
    ValueTask<FrontierStats> GetStatsAsync(CancellationToken cancellationToken = default);
}
