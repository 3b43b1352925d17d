namespace RequestsAsync;

/// <summary>One exception of a chain.</summary>
/// <param name="Type">The name of its type, without the namespace.</param>
/// <param name="Code">What it says in an enumeration: <c>ConnectionRefused</c> for example.</param>
/// <param name="Message">Its message.</param>
internal sealed record HarFault(string Type, string? Code, string Message);
