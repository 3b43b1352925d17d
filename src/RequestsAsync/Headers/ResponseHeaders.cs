using System.Net.Http.Headers;

namespace RequestsAsync;

/// <summary>Takes the header fields out of the transport's message, as they came.</summary>
internal static class ResponseHeaders
{
    /// <summary>Every field line: the message's and the content's, which the transport keeps apart.</summary>
    public static Headers Of(HttpResponseMessage message)
    {
        Headers headers = [];
        Append(headers, message.Headers.NonValidated);
        Append(headers, message.Content.Headers.NonValidated);
        return headers;
    }

    /// <summary>The field lines after the body, as far as they are here.</summary>
    public static Headers TrailersOf(HttpResponseMessage message)
    {
        Headers headers = [];
        Append(headers, message.TrailingHeaders.NonValidated);
        return headers;
    }

    private static void Append(Headers headers, HttpHeadersNonValidated fields)
    {
        foreach ((string name, HeaderStringValues values) in fields)
        {
            foreach (string value in values)
                headers.Add(name, value);
        }
    }
}
