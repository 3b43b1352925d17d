using System.IO.Compression;

namespace RequestsAsync.Testing;

/// <summary>Does the content codings of a recorded body again when it is replayed.</summary>
internal static class ContentCodings
{
    /// <summary>The content with the codings.</summary>
    /// <param name="content">The content.</param>
    /// <param name="codings">What to do, in this order.</param>
    /// <param name="isWhole">Whether it ends as it should. Otherwise the end mark is missing, as of an answer that broke off there.</param>
    public static byte[] Do(byte[] content, string[] codings, bool isWhole)
    {
        foreach (string coding in codings)
        {
            using MemoryStream coded = new();
            using Stream encoder = Encoder(coding, coded);
            encoder.Write(content);
            if (isWhole) encoder.Dispose();
            else encoder.Flush();
            content = coded.ToArray();
        }

        return content;
    }

    private static Stream Encoder(string coding, Stream into) => coding switch
    {
        "br" => new BrotliStream(into, CompressionLevel.Fastest, leaveOpen: true),
        "deflate" => new ZLibStream(into, CompressionLevel.Fastest, leaveOpen: true),
        _ => new GZipStream(into, CompressionLevel.Fastest, leaveOpen: true),
    };
}
