namespace RequestsAsync;

/// <summary>Lets so many tasks in at once (<c>asyncio.Semaphore</c>): <c>using (await semaphore.AcquireAsync()) { … }</c>.</summary>
/// <remarks>
/// A thin layer over <see cref="SemaphoreSlim"/>, which .NET code without a loop would use itself: added are the <c>using</c>, and that a waiting ends with the task
/// that waits. Who waits longest comes first. Safe for any number of threads, and not tied to a loop.
/// </remarks>
public sealed class LoopSemaphore : IDisposable
{
    private readonly SemaphoreSlim _places;

    /// <summary>Creates it with all places free.</summary>
    /// <param name="count">How many may be in at once.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is less than one.</exception>
    public LoopSemaphore(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        _places = new SemaphoreSlim(count, count);
    }

    /// <summary>How many places are free.</summary>
    public int Free => _places.CurrentCount;

    /// <summary>Waits for a place.</summary>
    /// <param name="cancellationToken">Ends the waiting; so does the cancellation of the task that waits.</param>
    /// <returns>The place; to be disposed once, which gives it back.</returns>
    /// <exception cref="OperationCanceledException">The token, or the task that waits.</exception>
    public async ValueTask<IDisposable> AcquireAsync(CancellationToken cancellationToken = default)
    {
        using LinkedToken token = LinkedToken.WithTask(cancellationToken);
        await _places.WaitAsync(token.Token).ConfigureAwait(true);
        return new Place(_places);
    }

    /// <summary>Lets the semaphore go; nobody may wait for it any more.</summary>
    public void Dispose() => _places.Dispose();

    // A place that is given back twice would let one more in.
    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private SemaphoreSlim? _places = places;

        public void Dispose() => Interlocked.Exchange(ref _places, null)?.Release();
    }
}
