using System.Globalization;
using System.Net.Http.Headers;

namespace RequestsAsync.Testing;

/// <summary>The header fields of a request as they go on the wire.</summary>
internal static class WireFields
{
    internal static RecordedFields Of(HttpRequestMessage request)
    {
        List<KeyValuePair<string, string>> fields = [new("Host", request.Headers.Host ?? request.RequestUri!.Authority)];
        Add(fields, request.Headers.NonValidated);
        if (request.Content is { } content)
        {
            Add(fields, content.Headers.NonValidated);
            if (LengthOf(request) is { } length) fields.Add(new("Content-Length", length.ToString(CultureInfo.InvariantCulture)));
            else fields.Add(new("Transfer-Encoding", "chunked"));
        }
        else if (MustHaveContent(request.Method))
        {
            fields.Add(new("Content-Length", "0"));
        }

        return new RecordedFields(fields, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>How long the content says it is; <see langword="null"/> when it is sent in chunks.</summary>
    internal static long? LengthOf(HttpRequestMessage request) => request.Headers.TransferEncodingChunked is true ? null : request.Content!.Headers.ContentLength;

    // RFC 9110 §8.6: content is expected with these, and its absence is said.
    private static bool MustHaveContent(HttpMethod method) =>
        method != HttpMethod.Get && method != HttpMethod.Head && method != HttpMethod.Connect && method != HttpMethod.Options && method != HttpMethod.Delete;

    private static void Add(List<KeyValuePair<string, string>> fields, HttpHeadersNonValidated headers)
    {
        // Joined as the field wants it: the products of a User-Agent by spaces, others by commas.
        foreach ((string name, HeaderStringValues values) in headers)
        {
            if (name is not ("Host" or "Content-Length" or "Transfer-Encoding")) fields.Add(new(name, values.ToString()));
        }
    }
}
