using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary>The fine points of formatting: <c>json.indent:2,headers.sort:true</c>, as HTTPie writes them.</summary>
internal sealed record FormatOptions
{
    /// <summary>Four columns, and everything in the order in which it came.</summary>
    public static readonly FormatOptions Default = new();

    private const int MaxIndent = 16;

    /// <summary>The columns of one level.</summary>
    public int JsonIndent { get; init; } = 4;

    public bool JsonSortKeys { get; init; }

    public bool HeadersSort { get; init; }

    /// <summary>Reads a list of them.</summary>
    /// <param name="text">The list.</param>
    /// <param name="error">What is wrong with it.</param>
    /// <returns>The defaults, changed; <see langword="null"/> when it cannot be read.</returns>
    public static FormatOptions? Parse(string text, out string? error)
    {
        FormatOptions? options = Default;
        error = null;
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            options = options.With(part);
            if (options is not null) continue;

            error = $"--format-options takes json.indent:N (0 to {MaxIndent}), json.sort_keys:true|false and headers.sort:true|false, not '{part}'.";
            return null;
        }

        return options;
    }

    private FormatOptions? With(string part)
    {
        int colon = part.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? part : part[..colon];
        string value = part[(colon + 1)..];
        return name switch
        {
            "json.indent" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int indent) && indent <= MaxIndent =>
                this with { JsonIndent = indent },
            "json.sort_keys" when bool.TryParse(value, out bool sort) => this with { JsonSortKeys = sort },
            "headers.sort" when bool.TryParse(value, out bool sort) => this with { HeadersSort = sort },
            _ => null,
        };
    }
}
