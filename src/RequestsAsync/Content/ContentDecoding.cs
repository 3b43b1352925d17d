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

        List<string> codings = [];
        foreach (string value in values)
            codings.AddRange(value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

        codings.RemoveAll(static coding => coding.Equals("identity", StringComparison.OrdinalIgnoreCase));
        if (codings.Count == 0) return raw;
        if (codings.Count > MaxCodings) throw new DecodingException($"The body has {codings.Count} content codings in a row; {MaxCodings} are allowed.");

        // A coding that nobody here knows makes all that lies under it unreadable: the body is handed over as it came, as requests and httpx do.
        if (!codings.TrueForAll(IsKnown)) return raw;

        CodedStream? wire = null;
        Stream decoded = raw;
        for (int i = codings.Count - 1; i >= 0; i--)
        {
            string coding = Normalize(codings[i]);
            CodedStream coded = new(decoded, isGzip: coding == "gzip");
            wire ??= coded;
            decoded = new DecodingStream(Open(coding, coded), coded, wire);
        }

        return decoded;
    }

    private static bool IsKnown(string coding) => Normalize(coding) is "gzip" or "deflate" or "br";

    // RFC 9110 §8.4.1.3: x-gzip means gzip.
    private static string Normalize(string coding) => coding.ToLowerInvariant() is "x-gzip" ? "gzip" : coding.ToLowerInvariant();

    private static Stream Open(string coding, Stream coded) => coding switch
    {
        "gzip" => new GZipStream(coded, CompressionMode.Decompress),
        "br" => new BrotliStream(coded, CompressionMode.Decompress),
        _ => new InflateStream(coded),
    };
}
