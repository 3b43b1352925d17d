using System.Net;

namespace RequestsAsync.Testing;

/// <summary>Makes a transport's response of a reply: what stands in its head is what a server would have to send.</summary>
internal static class ResponseMessages
{
    /// <summary>The response to a request.</summary>
    /// <param name="reply">What to answer.</param>
    /// <param name="request">The request.</param>
    /// <param name="clock">For the pace of the body.</param>
    /// <param name="date">For the Date field; <see langword="null"/> for a server without a clock, which sends none (RFC 9110 §6.6.1).</param>
    internal static HttpResponseMessage Make(Reply reply, HttpRequestMessage request, TimeProvider clock, DateTimeOffset? date)
    {
        Version version = reply.HttpVersion ?? VersionFor(request);
        HttpResponseMessage message = new((HttpStatusCode)reply.Status) { Version = version, RequestMessage = request };
        if (reply.Reason is { } reason && version.Major < 2) message.ReasonPhrase = reason; // HTTP/2 has none (RFC 9113 §8.3.2)

        bool mayHaveBody = reply.Status is not (204 or 304);
        bool isSent = mayHaveBody && request.Method != HttpMethod.Head;
        message.Content = new MockContent(isSent ? reply.Body : ReplyBody.None, clock, () => AddTrailers(message, isSent ? reply.Trailers : []));
        if (date is { } now && !reply.Headers.Any(static field => field.Key.Equals("Date", StringComparison.OrdinalIgnoreCase))) message.Headers.Date = now;
        foreach ((string name, string value) in reply.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        if (!mayHaveBody) return message;

        // RFC 9112 §6.2: either of them, and never both.
        if (reply.Body.Length is { } length && reply.Trailers.Count == 0) message.Content.Headers.ContentLength = length;
        else if (version == HttpVersion.Version11) message.Headers.TransferEncodingChunked = true;
        return message;
    }

    private static void AddTrailers(HttpResponseMessage message, IReadOnlyList<KeyValuePair<string, string>> trailers)
    {
        foreach ((string name, string value) in trailers)
            message.TrailingHeaders.TryAddWithoutValidation(name, value);
    }

    private static Version VersionFor(HttpRequestMessage request) =>
        request.Version.Major >= 2 && request.VersionPolicy != HttpVersionPolicy.RequestVersionOrLower ? request.Version : HttpVersion.Version11;
}
