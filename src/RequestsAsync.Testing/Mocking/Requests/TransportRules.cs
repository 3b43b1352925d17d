using System.Net;
using System.Net.Http.Headers;

namespace RequestsAsync.Testing;

/// <summary>Refuses what the runtime's own transport refuses, with the exceptions that it throws.</summary>
internal static class TransportRules
{
    internal static void Check(HttpRequestMessage request)
    {
        if (request.Headers.TransferEncodingChunked is true)
        {
            if (request.Content is null)
                throw new HttpRequestException("The request could not be sent.", new InvalidOperationException("'Transfer-Encoding: chunked' header can not be used when content object is not specified."));
            if (request.Version == HttpVersion.Version10) throw new NotSupportedException("HTTP 1.0 does not support chunking.");
        }

        if (request.RequestUri is not { IsAbsoluteUri: true } url)
            throw new InvalidOperationException("An invalid request URI was provided. The request URI must be an absolute URI.");
        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps) throw new NotSupportedException($"The '{url.Scheme}' scheme is not supported.");

        CheckFields(request.Headers, mayBeUtf8: request is SentMessage);
        if (request.Content is { } content) CheckFields(content.Headers, mayBeUtf8: request is SentMessage);
    }

    // A session has the transport write UTF-8; by itself it writes ASCII alone.
    private static void CheckFields(HttpHeaders headers, bool mayBeUtf8)
    {
        foreach ((_, HeaderStringValues values) in headers.NonValidated)
        {
            foreach (string value in values)
            {
                if (value.AsSpan().ContainsAny('\r', '\n', '\0')) throw new HttpRequestException("New-line or NUL characters are not allowed in header values.");
                if (!mayBeUtf8 && !System.Text.Ascii.IsValid(value)) throw new HttpRequestException("Request headers must contain only ASCII characters.");
            }
        }
    }
}
