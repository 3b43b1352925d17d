namespace RequestsAsync.Cli;

/// <summary>A piece of an XML or HTML text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How many characters it has, its angle brackets included.</param>
internal readonly record struct MarkupPiece(MarkupPieceKind Kind, int Start, int Length);
