using System.Net;
using System.Runtime.CompilerServices;

namespace RequestsAsync;

/// <summary>Connects to the first of several addresses that answers (RFC 8305 §5).</summary>
internal static class HappyEyeballs
{
    /// <summary>How many attempts may be under way at once, as in curl.</summary>
    public const int MaxConcurrent = 6;

    /// <summary>
    /// Tries the addresses in their order: the next one begins when the last was begun <paramref name="delay"/> ago, or at once when one fails.
    /// </summary>
    /// <remarks>When this returns or throws, no attempt is under way any more and only the connection it returns is open.</remarks>
    /// <param name="endPoints">The addresses, one or more.</param>
    /// <param name="connect">Makes one connection; it must end soon when its token is cancelled.</param>
    /// <param name="delay">The connection attempt delay.</param>
    /// <param name="time">The clock of the delay.</param>
    /// <param name="cancellationToken">Ends the race.</param>
    /// <exception cref="ConnectException">Every attempt failed.</exception>
    public static ValueTask<T> RaceAsync<T>(
        IReadOnlyList<IPEndPoint> endPoints,
        Func<IPEndPoint, CancellationToken, ValueTask<T>> connect,
        TimeSpan delay,
        TimeProvider time,
        CancellationToken cancellationToken)
        where T : class, IDisposable =>
        endPoints.Count == 1 ? ConnectAsync(endPoints[0], connect, cancellationToken) : RaceSeveralAsync(endPoints, connect, delay, time, cancellationToken);

    private static async ValueTask<T> RaceSeveralAsync<T>(
        IReadOnlyList<IPEndPoint> endPoints,
        Func<IPEndPoint, CancellationToken, ValueTask<T>> connect,
        TimeSpan delay,
        TimeProvider time,
        CancellationToken cancellationToken)
        where T : class, IDisposable
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task<Attempt<T>>> running = [];
        List<FailedAttempt> failures = [];
        try
        {
            Task untilNext = Task.CompletedTask;
            int next = 0;
            while (next < endPoints.Count || running.Count > 0)
            {
                bool mayStart = next < endPoints.Count && running.Count < MaxConcurrent;
                if (mayStart && untilNext.IsCompleted)
                {
                    running.Add(TryAsync(endPoints[next++], connect, race.Token));
                    if (next < endPoints.Count) untilNext = Task.Delay(delay, time, race.Token);
                    continue;
                }

                // An attempt that has ended comes before the delay, so that nothing is begun beside a connection that is there.
                Task ended = await Task.WhenAny(mayStart ? [.. running, untilNext] : running).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                if (ended is not Task<Attempt<T>> attempt) continue;

                running.Remove(attempt);
                Attempt<T> result = await attempt.ConfigureAwait(false);
                if (result.Connection is { } winner) return winner;

                failures.Add(result.Failure);
                untilNext = Task.CompletedTask;
            }
        }
        finally
        {
            race.Cancel();
            foreach (Attempt<T> late in await Task.WhenAll(running).ConfigureAwait(false))
                late.Connection?.Dispose();
        }

        throw FailedAttempt.Combine(failures);
    }

    // A single address has nobody to race: ten thousand connections to one host would make a hundred thousand objects for nothing.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<T> ConnectAsync<T>(IPEndPoint endPoint, Func<IPEndPoint, CancellationToken, ValueTask<T>> connect, CancellationToken cancellationToken)
        where T : class, IDisposable
    {
        T connection;
        try
        {
            connection = await connect(endPoint, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw FailedAttempt.Combine([new(endPoint.Address, e)]);
        }

        if (!cancellationToken.IsCancellationRequested) return connection;

        connection.Dispose();
        throw new OperationCanceledException(cancellationToken);
    }

    // Failures are values: nobody may be there to hear of one.
    private static async Task<Attempt<T>> TryAsync<T>(
        IPEndPoint endPoint, Func<IPEndPoint, CancellationToken, ValueTask<T>> connect, CancellationToken cancellationToken)
        where T : class, IDisposable
    {
        try
        {
            return new(await connect(endPoint, cancellationToken).ConfigureAwait(false), default);
        }
        catch (Exception e)
        {
            return new(Connection: null, new(endPoint.Address, e));
        }
    }

    private readonly record struct Attempt<T>(T? Connection, FailedAttempt Failure)
        where T : class, IDisposable;
}
