namespace RequestsAsync;

/// <summary>What comes before the content of one part of a multipart/form-data body.</summary>
/// <param name="Name">The field's name.</param>
internal sealed record MultipartPart(string Name)
{
    /// <summary>The file's name; a part without one is a plain field.</summary>
    public string? FileName { get; init; }

    /// <summary>The media type. A file without one gets that of its name, a field without one gets none.</summary>
    public string? ContentType { get; init; }

    /// <summary>More headers of the part.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The content's length in bytes, or <see langword="null"/> when it is not known before it was sent.</summary>
    public long? Length { get; init; }
}
