namespace RequestsAsync.Cli;

/// <summary>One header field of a request that is described.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value; <see langword="null"/> when the field is not to be sent.</param>
internal readonly record struct DescribedHeader(string Name, string? Value);
