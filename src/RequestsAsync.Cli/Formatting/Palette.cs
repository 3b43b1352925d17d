namespace RequestsAsync.Cli;

/// <summary>The colours of a style: a control sequence (ECMA-48, SGR) for each shade.</summary>
internal sealed class Palette
{
    /// <summary>Ends a colour.</summary>
    public const string Reset = "\e[0m";

    /// <summary>No colours.</summary>
    public static readonly Palette None = new([]);

    // Neither black nor white nor the dim ones: on a dark and on a light ground all of these can be read.
    private static readonly Palette Auto = new(new()
    {
        [Shade.Protocol] = "\e[34m",
        [Shade.Method] = "\e[1;32m",
        [Shade.Success] = "\e[1;32m",
        [Shade.Redirect] = "\e[1;33m",
        [Shade.Failure] = "\e[1;31m",
        [Shade.Name] = "\e[36m",
        [Shade.Text] = "\e[32m",
        [Shade.Number] = "\e[35m",
        [Shade.Word] = "\e[33m",
        [Shade.Tag] = "\e[34m",
        [Shade.Comment] = "\e[90m",
    });

    private static readonly Palette Monokai = new(new()
    {
        [Shade.Protocol] = "\e[38;5;81m",
        [Shade.Method] = "\e[1;38;5;148m",
        [Shade.Success] = "\e[1;38;5;148m",
        [Shade.Redirect] = "\e[1;38;5;208m",
        [Shade.Failure] = "\e[1;38;5;197m",
        [Shade.Name] = "\e[38;5;197m",
        [Shade.Punctuation] = "\e[38;5;252m",
        [Shade.Text] = "\e[38;5;186m",
        [Shade.Number] = "\e[38;5;141m",
        [Shade.Word] = "\e[38;5;81m",
        [Shade.Tag] = "\e[38;5;197m",
        [Shade.Comment] = "\e[38;5;242m",
    });

    private readonly Dictionary<Shade, string> _sequences;

    private Palette(Dictionary<Shade, string> sequences) => _sequences = sequences;

    /// <summary>What begins the shade's colour; <see langword="null"/> when it has none.</summary>
    public string? this[Shade shade] => _sequences.GetValueOrDefault(shade);

    /// <summary>The colours that were asked for.</summary>
    public static Palette Of(PrintOptions options) =>
        !options.Colors ? None : options.Style == OutputOptions.MonokaiStyle ? Monokai : Auto;
}
