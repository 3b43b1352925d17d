namespace RequestsAsync;

/// <summary>A request with its place in the input, and the host whose limit it counts for where there is one.</summary>
internal readonly record struct QueuedRequest(long Index, Request Request, string? Host);
