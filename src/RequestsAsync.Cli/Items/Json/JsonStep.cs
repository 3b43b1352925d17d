namespace RequestsAsync.Cli;

/// <summary>One step of a path into a JSON value.</summary>
/// <param name="Kind">How it enters.</param>
/// <param name="Name">The member's name, for a key.</param>
/// <param name="Index">The place, for an index.</param>
/// <param name="Start">Where it begins in the path's text.</param>
/// <param name="End">Where it ends there.</param>
internal sealed record JsonStep(JsonStepKind Kind, string Name, int Index, int Start, int End)
{
    /// <summary>An empty value of the type that the step can enter.</summary>
    public JsonTree NewContainer() => Kind == JsonStepKind.Key ? new JsonTreeObject() : new JsonTreeArray();
}
