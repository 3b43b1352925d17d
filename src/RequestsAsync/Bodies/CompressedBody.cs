using System.IO.Compression;

namespace RequestsAsync;

/// <summary>Content that is compressed while it is sent; nobody knows its length before.</summary>
internal sealed class CompressedBody : Body
{
    // What is in memory and no larger is compressed there: many servers take a length more kindly than chunks.
    private const long SmallBytes = 1 << 20;

    private readonly Body _inner;
    private readonly ContentCoding _coding;

    private CompressedBody(Body inner, ContentCoding coding)
        : base(inner.ContentType)
    {
        _inner = inner;
        _coding = coding;
    }

    public override long? Length => null;

    public override bool CanReplay => _inner.CanReplay;

    internal override bool CanWriteBlocking => _inner.CanWriteBlocking;

    internal override bool IsSpent => _inner.IsSpent;

    /// <summary>The content compressed and the fields that say so; both as they were where compressing gains nothing.</summary>
    /// <exception cref="InvalidRequestException">A header set by hand speaks of other content than would be sent.</exception>
    public static (Body? Body, Headers Headers) Compress(Body? body, Headers headers, ContentCoding coding)
    {
        if (coding == ContentCoding.None || body is null) return (body, headers);

        string name = NameOf(coding);
        if (headers.Contains("Content-Encoding"))
            throw new InvalidRequestException("Compress is set, and so is the Content-Encoding header, which says that the content is compressed already. Choose one of them.");
        if (headers.Contains("Content-Length"))
            throw new InvalidRequestException("Compress is set, and so is the Content-Length header, which cannot know the compressed length. Leave the header away.");

        Body compressed = new CompressedBody(body, coding);
        if (body is BytesBody { Length: <= SmallBytes } small)
        {
            using MemoryStream target = new();
            compressed.WriteTo(target, CancellationToken.None);
            if (target.Length >= small.Length) return (body, headers);

            compressed = FromBytes(target.ToArray(), body.ContentType);
        }

        headers = headers.Clone();
        headers["Content-Encoding"] = name;
        return (compressed, headers);
    }

    internal override void WriteTo(Stream target, CancellationToken cancellationToken)
    {
        using Stream coder = Open(target);
        _inner.WriteTo(coder, cancellationToken);
    }

    internal override async ValueTask WriteToAsync(Stream target, CancellationToken cancellationToken)
    {
        Stream coder = Open(target);
        await using (coder.ConfigureAwait(false))
            await _inner.WriteToAsync(coder, cancellationToken).ConfigureAwait(false);
    }

    private Stream Open(Stream target) => _coding == ContentCoding.GZip
        ? new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true)
        : new BrotliStream(target, CompressionLevel.Optimal, leaveOpen: true);

    private static string NameOf(ContentCoding coding) => coding switch
    {
        ContentCoding.GZip => "gzip",
        ContentCoding.Brotli => "br",
        _ => throw new InvalidRequestException($"Compress is {(int)coding}, which is no content coding."),
    };
}
