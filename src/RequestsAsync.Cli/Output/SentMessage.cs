namespace RequestsAsync.Cli;

/// <summary>A request as it was sent, or as it would be.</summary>
/// <param name="StartLine">The request line: <c>POST /users HTTP/1.1</c>.</param>
/// <param name="Headers">The header fields, name and value, in the order of the wire.</param>
/// <param name="Body">The body; <see langword="null"/> where there is none, or none that is kept.</param>
internal sealed record SentMessage(string StartLine, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[]? Body)
{
    /// <summary>What the body is, as its own header field says.</summary>
    public string? ContentType => Headers.FirstOrDefault(static entry => entry.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)).Value;
}
