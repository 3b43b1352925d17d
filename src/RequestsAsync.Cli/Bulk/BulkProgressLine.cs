namespace RequestsAsync.Cli;

/// <summary>A line of <c>--progress json</c>.</summary>
internal sealed record BulkProgressLine(
    long Done, long Added, bool InputCompleted, IReadOnlyList<long> ByClass, double Rate, long Bytes, int InFlight, int Limit, int Hosts, long BlockedHosts, long Retries);
