namespace RequestsAsync.Cli;

/// <summary>A piece of a JSON text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How many characters it has.</param>
internal readonly record struct JsonToken(JsonTokenKind Kind, int Start, int Length)
{
    public bool IsStart => Kind is JsonTokenKind.ObjectStart or JsonTokenKind.ArrayStart;

    public bool IsEnd => Kind is JsonTokenKind.ObjectEnd or JsonTokenKind.ArrayEnd;
}
