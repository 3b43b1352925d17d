namespace RequestsAsync.Cli;

/// <summary>What one way of sending took.</summary>
/// <param name="Name">The way.</param>
/// <param name="Wall">From the first request's start to the last one's end.</param>
/// <param name="Threads">How many different threads began or finished a request.</param>
/// <param name="Ticks">How often the background task ticked meanwhile.</param>
internal sealed record Measurement(string Name, TimeSpan Wall, int Threads, int Ticks);
