namespace RequestsAsync;

/// <summary>Ends the reading of content that the server has no use for; it never leaves the content.</summary>
internal sealed class UnwantedBodyException : Exception;
