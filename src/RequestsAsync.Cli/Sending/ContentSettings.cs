namespace RequestsAsync.Cli;

/// <summary>What the options say of the body.</summary>
internal sealed record ContentSettings
{
    /// <summary>What fields become. Of several options the last counts.</summary>
    public ContentKind Kind { get; init; }

    /// <summary>Whether an option said so.</summary>
    public bool IsKindGiven { get; init; }

    /// <summary>What separates the parts; <see langword="null"/> for one at random.</summary>
    public string? Boundary { get; init; }

    /// <summary>The whole body.</summary>
    public string? Raw { get; init; }

    public bool IsCompressed { get; init; }

    public bool IsChunked { get; init; }

    /// <summary>Whether the input may be the body.</summary>
    public bool ReadsInput { get; init; }
}
