namespace RequestsAsync.Cli;

/// <summary>What is printed, and how.</summary>
internal sealed record PrintOptions
{
    /// <summary>What is printed of the last request and its answer.</summary>
    public MessageParts Last { get; init; } = MessageParts.Response;

    /// <summary>What is printed of those before, the redirects.</summary>
    public MessageParts Intermediate { get; init; }

    public bool Colors { get; init; }

    /// <summary>Whether bodies are indented and header fields sorted, as <see cref="Formatting"/> says.</summary>
    public bool Format { get; init; }

    /// <summary>Whether a body is printed line by line as it comes, whatever it is.</summary>
    public bool Stream { get; init; }

    /// <summary>Whether a person reads it on a terminal, which obeys the control characters it is sent.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether nothing but errors is told.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>The columns of the terminal.</summary>
    public int Width { get; init; } = StandardStreams.UsualWidth;

    public FormatOptions Formatting { get; init; } = FormatOptions.Default;

    /// <summary>The encoding of the response's body, whatever its header says.</summary>
    public string? ResponseCharset { get; init; }

    /// <summary>The media type of the response's body, whatever its header says.</summary>
    public string? ResponseMime { get; init; }

    /// <summary>The colours' name, one of <see cref="OutputOptions.Styles"/>.</summary>
    public string Style { get; init; } = OutputOptions.AutoStyle;

    /// <summary>Whether it is made for a person, with everything harmless; otherwise every byte passes as it is.</summary>
    public bool IsForPerson => IsTerminal || Colors;

    /// <summary>Whether bodies are decoded and made into something to look at; otherwise they pass byte by byte.</summary>
    public bool IsProcessed => IsForPerson || Format;
}
