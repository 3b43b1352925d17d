namespace RequestsAsync.Micro;

/// <summary>What one call allocates of one type, on average.</summary>
/// <param name="Name">The type's name.</param>
/// <param name="Objects">How many objects, estimated.</param>
/// <param name="Bytes">How many bytes, estimated.</param>
internal sealed record AllocatedType(string Name, double Objects, double Bytes);
