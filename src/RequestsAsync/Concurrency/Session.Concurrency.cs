namespace RequestsAsync;

// Many requests at once.
public sealed partial class Session
{
    /// <inheritdoc cref="GatherAsync(IEnumerable{Request}, ConcurrencyOptions?, CancellationToken)"/>
    /// <param name="urls">The URLs, absolute or relative to the base address, each asked for with GET.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">The caller's way to give up.</param>
    public Task<IReadOnlyList<Response>> GatherAsync(IEnumerable<string> urls, ConcurrencyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(urls);
        return Gathering.GatherAsync(this, RequestSource.Of(this, urls), RequestSource.CountOf(urls), options, cancellationToken);
    }

    /// <summary>Sends all requests, so many at once, and gives as many responses in the same order. The first failure cancels the rest and is thrown (<c>asyncio.gather</c>).</summary>
    /// <param name="requests">The requests; pulled only when a place is free.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">The caller's way to give up.</param>
    /// <returns>The responses, their bodies in memory. However the call ends, no request of it is under way any more.</returns>
    /// <remarks>A bad status is a response, not a failure. Every response is held until the end: for an endless input there is <c>AsCompletedAsync</c>.</remarks>
    /// <exception cref="ArgumentNullException">There is no input.</exception>
    /// <exception cref="InvalidRequestException">A limit is less than one, or a request is not allowed.</exception>
    /// <exception cref="RequestException">The first request that failed.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    public Task<IReadOnlyList<Response>> GatherAsync(IEnumerable<Request> requests, ConcurrencyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return Gathering.GatherAsync(this, RequestSource.Of(requests), RequestSource.CountOf(requests), options, cancellationToken);
    }

    /// <inheritdoc cref="GatherAsync(IEnumerable{Request}, ConcurrencyOptions?, CancellationToken)"/>
    /// <param name="urls">The URLs, absolute or relative to the base address, each asked for with GET.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">The caller's way to give up.</param>
    public Task<IReadOnlyList<Response>> GatherAsync(IAsyncEnumerable<string> urls, ConcurrencyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(urls);
        return Gathering.GatherAsync(this, RequestSource.Of(this, urls, cancellationToken), null, options, cancellationToken);
    }

    /// <inheritdoc cref="GatherAsync(IEnumerable{Request}, ConcurrencyOptions?, CancellationToken)"/>
    /// <param name="requests">The requests; pulled only when a place is free, so the input may be endless.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">The caller's way to give up.</param>
    public Task<IReadOnlyList<Response>> GatherAsync(IAsyncEnumerable<Request> requests, ConcurrencyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return Gathering.GatherAsync(this, requests, null, options, cancellationToken);
    }

    /// <inheritdoc cref="GatherOutcomesAsync(IEnumerable{Request}, ConcurrencyOptions?, CancellationToken)"/>
    /// <param name="urls">The URLs, absolute or relative to the base address, each asked for with GET.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">The caller's way to give up.</param>
    public Task<IReadOnlyList<Outcome>> GatherOutcomesAsync(IEnumerable<string> urls, ConcurrencyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(urls);
        return Gathering.GatherOutcomesAsync(this, RequestSource.Of(this, urls), RequestSource.CountOf(urls), options, cancellationToken);
    }

    /// <summary>Sends all requests, so many at once, and gives what became of each, in the same order: a failure is a value (<c>asyncio.gather</c> with <c>return_exceptions=True</c>).</summary>
    /// <param name="requests">The requests; pulled only when a place is free.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">The caller's way to give up.</param>
    /// <returns>The outcomes. However the call ends, no request of it is under way any more.</returns>
    /// <exception cref="ArgumentNullException">There is no input.</exception>
    /// <exception cref="InvalidRequestException">A limit is less than one.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    public Task<IReadOnlyList<Outcome>> GatherOutcomesAsync(IEnumerable<Request> requests, ConcurrencyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return Gathering.GatherOutcomesAsync(this, RequestSource.Of(requests), RequestSource.CountOf(requests), options, cancellationToken);
    }

    /// <inheritdoc cref="GatherOutcomesAsync(IEnumerable{Request}, ConcurrencyOptions?, CancellationToken)"/>
    /// <param name="urls">The URLs, absolute or relative to the base address, each asked for with GET.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">The caller's way to give up.</param>
    public Task<IReadOnlyList<Outcome>> GatherOutcomesAsync(IAsyncEnumerable<string> urls, ConcurrencyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(urls);
        return Gathering.GatherOutcomesAsync(this, RequestSource.Of(this, urls, cancellationToken), null, options, cancellationToken);
    }

    /// <inheritdoc cref="GatherOutcomesAsync(IEnumerable{Request}, ConcurrencyOptions?, CancellationToken)"/>
    /// <param name="requests">The requests; pulled only when a place is free, so the input may be endless.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">The caller's way to give up.</param>
    public Task<IReadOnlyList<Outcome>> GatherOutcomesAsync(IAsyncEnumerable<Request> requests, ConcurrencyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return Gathering.GatherOutcomesAsync(this, requests, null, options, cancellationToken);
    }

    /// <inheritdoc cref="AsCompletedAsync(IEnumerable{Request}, ConcurrencyOptions?, CancellationToken)"/>
    /// <param name="urls">The URLs, absolute or relative to the base address, each asked for with GET.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">The caller's way to give up.</param>
    public IAsyncEnumerable<Outcome> AsCompletedAsync(IEnumerable<string> urls, ConcurrencyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(urls);
        return Completions.RunAsync(this, RequestSource.Of(this, urls), RequestSource.CountOf(urls), Checked(options), cancellationToken);
    }

    /// <summary>Sends the requests of an input of any length, so many at once, and gives what became of each as soon as it is there (<c>asyncio.as_completed</c>).</summary>
    /// <param name="requests">The requests; pulled only when a place is free, so the input may be endless.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">The caller's way to give up.</param>
    /// <returns>The outcomes as they finish. Leaving the loop early cancels what is under way and waits until it has ended.</returns>
    /// <remarks>
    /// An outcome keeps its place until it is taken, so at most <see cref="ConcurrencyOptions.MaxConcurrency"/> responses are in memory and a slow
    /// reader slows the input. An input that throws ends the sending; the outcomes before it are still given, then its exception is thrown.
    /// </remarks>
    /// <exception cref="ArgumentNullException">There is no input.</exception>
    /// <exception cref="InvalidRequestException">A limit is less than one.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    public IAsyncEnumerable<Outcome> AsCompletedAsync(IEnumerable<Request> requests, ConcurrencyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return Completions.RunAsync(this, RequestSource.Of(requests), RequestSource.CountOf(requests), Checked(options), cancellationToken);
    }

    /// <inheritdoc cref="AsCompletedAsync(IEnumerable{Request}, ConcurrencyOptions?, CancellationToken)"/>
    /// <param name="urls">The URLs, absolute or relative to the base address, each asked for with GET.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">The caller's way to give up.</param>
    public IAsyncEnumerable<Outcome> AsCompletedAsync(IAsyncEnumerable<string> urls, ConcurrencyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(urls);
        return Completions.RunAsync(this, RequestSource.Of(this, urls, cancellationToken), null, Checked(options), cancellationToken);
    }

    /// <inheritdoc cref="AsCompletedAsync(IEnumerable{Request}, ConcurrencyOptions?, CancellationToken)"/>
    /// <param name="requests">The requests; pulled only when a place is free, so the input may be endless.</param>
    /// <param name="options">The limits.</param>
    /// <param name="cancellationToken">The caller's way to give up.</param>
    public IAsyncEnumerable<Outcome> AsCompletedAsync(IAsyncEnumerable<Request> requests, ConcurrencyOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return Completions.RunAsync(this, requests, null, Checked(options), cancellationToken);
    }

    // Checked here, since an iterator would wait with its complaint until it is read.
    private static ConcurrencyOptions Checked(ConcurrencyOptions? options)
    {
        options ??= Gathering.Defaults;
        options.Check();
        return options;
    }
}
