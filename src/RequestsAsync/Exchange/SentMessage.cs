namespace RequestsAsync;

/// <summary>A message for the transport that knows its sending. The message's own options would cost a dictionary.</summary>
internal sealed class SentMessage(HttpMethod method, Uri url) : HttpRequestMessage(method, url)
{
    /// <summary>What is on its way.</summary>
    public required Sending Sending { get; init; }

    /// <summary>
    /// Whether its connection knows it by the mark that writing its fields leaves: one over HTTP/1.1, with a field, and without content, which would be written later.
    /// Any other is known by the flow of its call; only the network's connections want to know.
    /// </summary>
    public bool IsMarked { get; set; }

    /// <summary>Whether its fields are of ASCII alone, which the transport writes fastest.</summary>
    public bool IsAscii { get; set; }
}
