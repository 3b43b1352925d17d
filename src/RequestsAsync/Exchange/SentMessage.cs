namespace RequestsAsync;

/// <summary>A message for the transport that knows its sending. The message's own options would cost a dictionary.</summary>
internal sealed class SentMessage(HttpMethod method, Uri url) : HttpRequestMessage(method, url)
{
    /// <summary>What is on its way; <see langword="null"/> between two sendings.</summary>
    public Sending? Sending { get; set; }
}
