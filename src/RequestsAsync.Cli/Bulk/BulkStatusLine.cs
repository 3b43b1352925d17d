namespace RequestsAsync.Cli;

/// <summary>A line of <c>requests bulk status --json</c>.</summary>
internal sealed record BulkStatusLine(
    string Job, DateTimeOffset CreatedAt, string State, bool InputCompleted, long Added, long Done, long Leased, long Waiting, long Hosts, long LeasedHosts, long BlockedHosts, long LastLine);
