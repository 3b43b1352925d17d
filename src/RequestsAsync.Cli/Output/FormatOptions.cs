using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary>The fine points of formatting: <c>json.indent:2,headers.sort:true</c>, as HTTPie writes them.</summary>
internal sealed record FormatOptions
{
    /// <summary>What they are unless they are told otherwise.</summary>
    public const string DefaultText = "json.format:true,json.indent:4,json.sort_keys:false,xml.format:true,xml.indent:2,headers.sort:false";

    /// <summary>Everything in the order in which it came.</summary>
    public static readonly FormatOptions Default = new();

    private const int MaxIndent = 16;

    /// <summary>Whether JSON is indented.</summary>
    public bool JsonFormat { get; init; } = true;

    /// <summary>The columns of one level of JSON.</summary>
    public int JsonIndent { get; init; } = 4;

    public bool JsonSortKeys { get; init; }

    /// <summary>Whether XML is indented.</summary>
    public bool XmlFormat { get; init; } = true;

    /// <summary>The columns of one level of XML.</summary>
    public int XmlIndent { get; init; } = 2;

    public bool HeadersSort { get; init; }

    /// <summary>Reads a list of them.</summary>
    /// <param name="text">The list.</param>
    /// <param name="error">What is wrong with it.</param>
    /// <returns>These, changed; <see langword="null"/> when the list cannot be read.</returns>
    public FormatOptions? With(string text, out string? error)
    {
        FormatOptions? options = this;
        error = null;
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            options = options.With(part);
            if (options is not null) continue;

            error = $"--format-options takes {DefaultText} with other values (an indent is 0 to {MaxIndent}), not '{part}'.";
            return null;
        }

        return options;
    }

    private FormatOptions? With(string part)
    {
        int colon = part.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? part : part[..colon];
        string value = part[(colon + 1)..];
        if (name.EndsWith(".indent", StringComparison.Ordinal))
        {
            if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int indent) || indent > MaxIndent) return null;
            return name switch { "json.indent" => this with { JsonIndent = indent }, "xml.indent" => this with { XmlIndent = indent }, _ => null };
        }

        if (!bool.TryParse(value, out bool on)) return null;
        return name switch
        {
            "json.format" => this with { JsonFormat = on },
            "json.sort_keys" => this with { JsonSortKeys = on },
            "xml.format" => this with { XmlFormat = on },
            "headers.sort" => this with { HeadersSort = on },
            _ => null,
        };
    }
}
