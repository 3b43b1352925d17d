namespace RequestsAsync.Samples.Tests;

/// <summary>A line that a program printed, and when, from its start.</summary>
internal readonly record struct OutputLine(string Text, TimeSpan At);
