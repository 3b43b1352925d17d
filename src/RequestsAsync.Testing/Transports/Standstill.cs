namespace RequestsAsync.Testing;

/// <summary>Nothing goes on.</summary>
internal static class Standstill
{
    /// <summary>Ends by its token alone.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static async ValueTask UntilCancelledAsync(bool async, CancellationToken cancellationToken)
    {
        if (async)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
            return;
        }

        ManualResetEventSlim never = new(initialState: false, spinCount: 0); // without a handle it holds nothing
        never.Wait(cancellationToken);
    }
}
