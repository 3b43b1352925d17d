namespace RequestsAsync.Cli;

/// <summary>The content of a request that is described: where it comes from and what it is called.</summary>
internal abstract record DescribedContent
{
    private DescribedContent()
    {
    }

    /// <summary>Bytes that are there already.</summary>
    /// <param name="Content">The bytes.</param>
    /// <param name="ContentType">The media type, or <see langword="null"/> for none.</param>
    public sealed record Bytes(ReadOnlyMemory<byte> Content, string? ContentType) : DescribedContent;

    /// <summary>A file, sent as it is.</summary>
    /// <param name="Path">Its path, as it was given.</param>
    /// <param name="ContentType">The media type, or <see langword="null"/> for none.</param>
    public sealed record File(string Path, string? ContentType) : DescribedContent;

    /// <summary>The standard input, sent as it comes.</summary>
    /// <param name="ContentType">The media type, or <see langword="null"/> for none.</param>
    public sealed record Input(string? ContentType) : DescribedContent;

    /// <summary>Parts of multipart/form-data.</summary>
    /// <param name="Parts">The parts, in order.</param>
    public sealed record Multipart(IReadOnlyList<DescribedPart> Parts) : DescribedContent;
}
