namespace RequestsAsync.Testing;

/// <summary>The scripts of a <see cref="FaultyServer"/> did not run as they were written.</summary>
public sealed class FaultyServerException : Exception
{
    internal FaultyServerException(string message, IReadOnlyList<FaultyFailure> failures)
        : base(string.Join(Environment.NewLine + "  ", failures.Select(static failure => failure.ToString()).Prepend(message)), failures.Count > 0 ? failures[0].Exception : null) =>
        Failures = failures;

    /// <summary>What went wrong, in order; the first is the <see cref="Exception.InnerException"/>.</summary>
    public IReadOnlyList<FaultyFailure> Failures { get; }
}
