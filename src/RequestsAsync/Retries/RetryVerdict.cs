namespace RequestsAsync;

/// <summary>Whether an answer or a failure is worth another attempt.</summary>
/// <param name="MayRetry">Whether it is.</param>
/// <param name="Obstacle">What stands against an attempt that might have helped, as a clause for a message; <see langword="null"/> when there is nothing to explain.</param>
internal readonly record struct RetryVerdict(bool MayRetry, string? Obstacle = null)
{
    public static RetryVerdict Yes => new(MayRetry: true);

    /// <summary>Another attempt would change nothing.</summary>
    public static RetryVerdict No => new(MayRetry: false);

    public static RetryVerdict Not(string obstacle) => new(MayRetry: false, obstacle);
}
