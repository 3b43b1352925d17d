namespace RequestsAsync;

/// <summary>A piece of content as it came.</summary>
/// <param name="Size">In bytes, as on the way.</param>
/// <param name="Offset">When it came, in milliseconds since the head of the answer.</param>
internal readonly record struct HarChunk(int Size, double Offset);
