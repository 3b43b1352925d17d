using System.Text;

namespace RequestsAsync;

/// <summary>Makes the one content of a request from the options that may give it.</summary>
internal static class BodyChoice
{
    /// <summary>The content, or <see langword="null"/> when there is none.</summary>
    /// <exception cref="InvalidRequestException">There is more than one, or it cannot be sent.</exception>
    public static Body? Make(RequestOptions? options, Headers headers, bool blocking)
    {
        Body? body = options is null ? null : Choose(options, headers);
        CheckUse(body, blocking);
        return body;
    }

    /// <summary>Checks that the content can be sent, now and in this way.</summary>
    /// <exception cref="InvalidRequestException">It cannot.</exception>
    public static void CheckUse(Body? body, bool blocking)
    {
        if (blocking && body is { CanWriteBlocking: false })
            throw new InvalidRequestException("An asynchronous stream cannot be sent by a blocking call. Await the verb that ends in Async instead.");
        if (body is { IsSpent: true })
            throw new InvalidRequestException("The content came from a stream that can be read only once, and it was sent already. Give a new stream, one that can seek, or bytes.");
    }

    private static Body? Choose(RequestOptions options, Headers headers)
    {
        bool json = options.Json is not null || options.HasJson;
        bool multipart = options.Multipart || options.FilesOrNull is { Count: > 0 };
        bool form = multipart || options.FormOrNull is { Count: > 0 };
        bool content = options.Content is not null;
        if ((json && form) || (json && content) || (form && content))
        {
            throw new InvalidRequestException(
                "More than one of Json, Form with Files, and Content is given. A request has one content: choose one of them.");
        }

        if (json) return options.SerializeJson is { } serialize ? serialize(options.Json) : Body.FromBytes("null"u8.ToArray(), "application/json");
        if (multipart) return MultipartBody.Make(BoundaryOf(headers["Content-Type"]), options.FormOrNull, options.FilesOrNull);
        if (form) return Body.FromBytes(Encoding.ASCII.GetBytes(RequestUrl.Encode(options.FormOrNull!)), "application/x-www-form-urlencoded");
        return options.Content;
    }

    // A Content-Type set by hand wins, so the parts must be separated by what it says.
    private static string? BoundaryOf(string? contentType)
    {
        if (contentType is null) return null;

        return MediaType.Extract(contentType)?.Parameter("boundary") ?? throw new InvalidRequestException(
            "The Content-Type header has no boundary, so no server could tell the files apart. Leave the header away: the right one is made for Form and Files.");
    }
}
