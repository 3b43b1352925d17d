namespace RequestsAsync.SideBySide;

/// <summary>The words for the shapes of a load.</summary>
internal static class LoadShapes
{
    /// <summary>The word of a shape.</summary>
    public static string Word(this LoadShape shape) => shape switch
    {
        LoadShape.Text => "text",
        LoadShape.Json => "json",
        LoadShape.Bytes => "bytes",
        LoadShape.Batch => "batch",
        LoadShape.InFlight => "in-flight",
        LoadShape.Download => "download",
        LoadShape.Discard => "discard",
        _ => "command",
    };

    /// <summary>The shape of a word.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static LoadShape Parse(string? word)
    {
        foreach (LoadShape shape in Enum.GetValues<LoadShape>())
        {
            if (shape.Word() == word) return shape;
        }

        throw new FormatException($"--shape {word}: it is one of {string.Join(", ", Enum.GetValues<LoadShape>().Select(Word))}.");
    }
}
