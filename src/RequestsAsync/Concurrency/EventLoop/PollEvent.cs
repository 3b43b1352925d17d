namespace RequestsAsync;

/// <summary>What the system told of one connection.</summary>
internal readonly record struct PollEvent(LoopSocketStream Stream, uint Events);
