using System.Globalization;
using System.Net;

namespace RequestsAsync.Testing;

/// <summary>Makes an answer of an entry.</summary>
internal static class Replay
{
    /// <summary>The answer, or the failure, that was recorded.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="request">What is answered.</param>
    /// <param name="options">How.</param>
    /// <exception cref="HttpRequestException">There was no answer; other exceptions that the transport had thrown are thrown as well.</exception>
    public static HttpResponseMessage Answer(CassetteEntry entry, HttpRequestMessage request, CassetteOptions options)
    {
        HarResponse recorded = entry.Exchange.Response;
        if (recorded.Status == 0) throw FaultChain.ToException(recorded);

        ReplayedBody body = new(entry);
        HttpResponseMessage response = new((HttpStatusCode)recorded.Status)
        {
            ReasonPhrase = recorded.Reason.AsSpan().ContainsAny('\r', '\n') ? "" : recorded.Reason,
            Version = MessageFields.VersionOf(recorded.Version),
            RequestMessage = request,
        };
        response.Content = new ReplayedContent(() => new ReplayedStream(body, options.ReplayTimings ? options.TimeProvider : null, () => AddTrailers(response, recorded)));
        AddHeaders(response, recorded, body);
        return response;
    }

    private static void AddHeaders(HttpResponseMessage response, HarResponse recorded, ReplayedBody body)
    {
        bool hasLength = false;
        foreach ((string name, string value) in recorded.Headers)
        {
            if (name.StartsWith(':') || (body.IsDecoded && Headers.SameName(name, "Content-Encoding"))) continue; // as browsers write HTTP/2
            if (Headers.SameName(name, "Content-Length"))
                hasLength = true;
            else if (!response.Headers.TryAddWithoutValidation(name, value))
                response.Content.Headers.TryAddWithoutValidation(name, value);
        }

        if (!hasLength) return;

        // What was hidden or compressed anew has another length; an answer without content, or with less of it, keeps what it said.
        bool isExact = body.IsWhole && body.Bytes.Length > 0;
        string length = isExact ? body.Bytes.Length.ToString(CultureInfo.InvariantCulture) : HarRequest.Find(recorded.Headers, "Content-Length")!;
        response.Content.Headers.TryAddWithoutValidation("Content-Length", length);
    }

    private static void AddTrailers(HttpResponseMessage response, HarResponse recorded)
    {
        foreach ((string name, string value) in recorded.Trailers)
        {
            if (!response.TrailingHeaders.Contains(name)) response.TrailingHeaders.TryAddWithoutValidation(name, recorded.Trailers.Where(trailer => trailer.Key == name).Select(static trailer => trailer.Value));
        }
    }
}
