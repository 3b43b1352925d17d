namespace RequestsAsync;

/// <summary>One thing for the loop to run.</summary>
internal readonly record struct LoopStep(SendOrPostCallback Callback, object? State);
