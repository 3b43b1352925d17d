using System.IO.Compression;

namespace RequestsAsync;

/// <summary>Undoes the content codings of a response (RFC 9110 §8.4): gzip, deflate and br, several in a row too.</summary>
internal static class ContentDecoding
{
    /// <summary>What is asked for.</summary>
    public const string Supported = "gzip, deflate, br";

    private const int MaxCodings = 5;

    /// <summary>The decoded stream over a raw one, or the raw one when there is nothing to undo.</summary>
    /// <exception cref="DecodingException">More codings than anybody uses: an attack.</exception>
    public static Stream Decode(Stream raw, HttpContent content)
    {
        if (!content.Headers.NonValidated.TryGetValues("Content-Encoding", out System.Net.Http.Headers.HeaderStringValues values)) return raw;

        string[] codings = CodingsOf(values);
        if (codings.Length == 0) return raw;
        if (codings.Length > MaxCodings) throw new DecodingException($"The body has {codings.Length} content codings in a row; {MaxCodings} are allowed.");

        // A coding that nobody here knows makes all that lies under it unreadable: the body is handed over as it came, as requests and httpx do.
        return AreKnown(codings) ? Decode(raw, codings) : raw;
    }

    /// <summary>The codings that the values of <c>Content-Encoding</c> name, in lower case and in the order in which they were applied; <c>identity</c> is none.</summary>
    public static string[] CodingsOf(IEnumerable<string> values)
    {
        List<string> codings = [];
        foreach (string value in values)
        {
            foreach (string coding in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                codings.Add(Normalize(coding));
        }

        codings.RemoveAll(static coding => coding == "identity");
        return [.. codings];
    }

    /// <summary>Whether all of them can be undone.</summary>
    public static bool AreKnown(string[] codings) => Array.TrueForAll(codings, static coding => coding is "gzip" or "deflate" or "br");

    /// <summary>The decoded stream over a raw one.</summary>
    /// <param name="raw">The raw one.</param>
    /// <param name="codings">What <see cref="CodingsOf"/> found: one or more, and known.</param>
    public static Stream Decode(Stream raw, string[] codings)
    {
        CodedStream? wire = null;
        Stream decoded = raw;
        for (int i = codings.Length - 1; i >= 0; i--)
        {
            CodedStream coded = new(decoded, isGzip: codings[i] == "gzip");
            wire ??= coded;
            decoded = new DecodingStream(Open(codings[i], coded), coded, wire);
        }

        return decoded;
    }

    // RFC 9110 §8.4.1.3: x-gzip means gzip.
    private static string Normalize(string coding) => coding.ToLowerInvariant() is "x-gzip" ? "gzip" : coding.ToLowerInvariant();

    private static Stream Open(string coding, Stream coded) => coding switch
    {
        "gzip" => new GZipStream(coded, CompressionMode.Decompress),
        "br" => new BrotliStream(coded, CompressionMode.Decompress),
        _ => new InflateStream(coded),
    };
}
