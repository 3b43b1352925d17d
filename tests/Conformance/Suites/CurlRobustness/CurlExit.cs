using System.Globalization;
using System.Numerics;

namespace RequestsAsync.Conformance;

/// <summary>What curl says by its exit code, this library says by the type of its exception.</summary>
internal static class CurlExit
{
    /// <summary>Whether the code has a meaning here.</summary>
    public static bool IsKnown(string exit) => exit is "0" or "1" or "3" or "8" or "18" or "52" or "56" or "61" or "63" or "100";

    /// <summary>Whether the outcome of a call means the same.</summary>
    public static bool IsMetBy(string exit, RequestException? error, RawReply reply) => exit switch
    {
        "0" => error is null,
        "1" => error is InvalidRequestException || IsNoHttp(error, reply), // a scheme, a version or a status that is none
        "3" => error is InvalidRequestException, // no URL
        "8" => IsNoHttp(error, reply), // a weird reply
        "18" or "52" => error is ConnectionLostException, // a part, or nothing at all
        "56" => error is ConnectionLostException or ProtocolException,
        "61" => error is DecodingException,
        "63" => error is BodyTooLargeException || (error is ProtocolException && reply.Values("Content-Length").Any(IsUncountable)),
        "100" => error is ProtocolException, // fields without end
        _ => false,
    };

    // What is no head may have no end either.
    private static bool IsNoHttp(RequestException? error, RawReply reply) => error is ProtocolException || (error is ConnectionLostException && !reply.IsHeadWhole);

    // Too large for any limit, and for the number type as well.
    private static bool IsUncountable(string length) => BigInteger.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger bytes) && bytes > long.MaxValue;
}
