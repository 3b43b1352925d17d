namespace RequestsAsync.Testing;

/// <summary>What a limit says to one request.</summary>
/// <param name="IsAllowed">Whether it may pass.</param>
/// <param name="Remaining">How many more may pass in this window.</param>
/// <param name="Reset">When the window ends.</param>
internal readonly record struct RateWindow(bool IsAllowed, int Remaining, TimeSpan Reset);
