namespace RequestsAsync.Cli;

/// <summary>How far a part of a demonstration is.</summary>
/// <param name="Completed">How many requests have ended.</param>
/// <param name="Ticks">How often the background task has ticked meanwhile.</param>
internal readonly record struct DemoProgress(int Completed, int Ticks);
