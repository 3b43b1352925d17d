using System.Net;

namespace RequestsAsync;

/// <summary>An address that could not be connected to, and why.</summary>
internal readonly record struct FailedAttempt(IPAddress Address, Exception Error)
{
    /// <summary>The exception for a host none of whose addresses could be connected to.</summary>
    public static ConnectException Combine(IReadOnlyList<FailedAttempt> failures)
    {
        string[] reasons = [.. failures.Select(failure => failure.Reason)];
        string[] addresses = [.. failures.Select(failure => failure.Address.ToString())];
        if (reasons.Length == 1) return new(reasons[0], failures[0].Error);

        string message = reasons.Distinct(StringComparer.Ordinal).Count() == 1
            ? $"{string.Join(", ", addresses)}: {reasons[0]}"
            : string.Join("; ", addresses.Zip(reasons, (address, reason) => $"{address}: {reason.TrimEnd('.')}")) + ".";
        return new(message, new AggregateException(failures.Select(failure => failure.Error)));
    }

    private string Reason => Error is ConnectException ? Error.Message : Failure.Reason(Error);
}
