using System.Text;

namespace RequestsAsync.Conformance;

/// <summary>What the library made of a server's bytes.</summary>
internal sealed record FramingAnswer
{
    /// <summary>The head, if it was taken.</summary>
    public Response? Head { get; private init; }

    /// <summary>The body, if it was read to its end.</summary>
    public byte[]? Body { get; private init; }

    /// <summary>Why the head or the body was refused.</summary>
    public RequestException? Failure { get; private init; }

    /// <summary>Sends a request whose answer they are, and reads that to its end.</summary>
    public static async Task<FramingAnswer> GetAsync(Session session, string method, string url)
    {
        Response response;
        try
        {
            response = await session.StreamAsync(method, url);
        }
        catch (RequestException e)
        {
            return new FramingAnswer { Failure = e };
        }

        await using (response)
        {
            try
            {
                using MemoryStream body = new();
                await response.CopyToAsync(body);
                return new FramingAnswer { Head = response, Body = body.ToArray() };
            }
            catch (RequestException e)
            {
                return new FramingAnswer { Head = response, Failure = e };
            }
        }
    }

    /// <summary>In which way this is not what the case asks for, and how it shows; <see langword="null"/> where it is.</summary>
    public (FramingFault Fault, string Detail)? Compare(FramingCase test)
    {
        if (Failure is RequestTimeoutException) return (FramingFault.Misread, "hangs");
        if (!test.IsAccepted) return Failure is null ? (FramingFault.Accepted, $"was taken as {Describe()}") : null;
        if (Failure is not null && test.MayBeRefused) return null;
        if (Head is null) return (FramingFault.Refused, Failure!.Message);
        if (test.IsCutOff && Failure is null) return (FramingFault.Accepted, $"the body was taken as whole: {Describe()}");
        if (!test.IsCutOff && Failure is not null && (test.Body is not null || test.BodyLength is not null)) return (FramingFault.Refused, Failure.Message);

        IEnumerable<string> differences =
        [
            .. Difference("status", test.Status, Head.StatusCode),
            .. Difference("reason", test.Reason, Reason(test.Reason)),
            .. Difference("version", test.Version, Head.HttpVersion.ToString()),
            .. test.Headers.SelectMany(field => Difference(field.Key, field.Value, string.Join(", ", Head.Headers.GetValues(field.Key)))),
            .. test.Trailers.SelectMany(field => Difference("trailer " + field.Key, field.Value, string.Join(", ", Head.Trailers.GetValues(field.Key)))),
            .. Body is null ? [] : Difference("length of the body", test.BodyLength, Body.Length),
            .. Body is null ? [] : Difference("body", test.Body, Text(test.Body)),
        ];
        string detail = string.Join("; ", differences);
        return detail.Length == 0 ? null : (FramingFault.Misread, detail);
    }

    // The suites write octets as Latin-1 characters, or the text that they are in UTF-8.
    private string Text(string? expected)
    {
        string octets = Encoding.Latin1.GetString(Body!);
        return octets == expected ? octets : Encoding.UTF8.GetString(Body!);
    }

    private string Reason(string? expected)
    {
        string octets = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Head!.Reason));
        return octets == expected ? octets : Head.Reason;
    }

    private string Describe() => $"{Head!.StatusCode} with '{(Body is null ? "" : Encoding.Latin1.GetString(Body))}'";

    private static IEnumerable<string> Difference(string what, object? expected, object actual)
    {
        if (expected is not null && !expected.Equals(actual)) yield return $"{what}: expected '{expected}', got '{actual}'";
    }
}
