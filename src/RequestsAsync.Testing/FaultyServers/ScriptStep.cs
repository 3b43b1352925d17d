namespace RequestsAsync.Testing;

/// <summary>One step of a <see cref="FaultyScript"/>.</summary>
/// <param name="Name">What failures call it.</param>
/// <param name="Run">What it does.</param>
internal sealed record ScriptStep(string Name, Func<FaultyConnection, Task> Run);
