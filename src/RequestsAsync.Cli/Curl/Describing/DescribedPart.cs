namespace RequestsAsync.Cli;

/// <summary>One part of a multipart form.</summary>
/// <param name="Name">The field's name.</param>
internal sealed record DescribedPart(string Name)
{
    /// <summary>The file's name; <see langword="null"/> for a plain field.</summary>
    public string? FileName { get; init; }

    /// <summary>The media type, or <see langword="null"/> for none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The content, unless <see cref="Path"/> names a file.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The file that holds the content, as it was given.</summary>
    public string? Path { get; init; }

    /// <summary>More headers.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
