namespace RequestsAsync.Cli;

/// <summary>How <c>requests bulk</c> shows how it is going.</summary>
internal enum BulkProgressKind
{
    /// <summary>A line that is written over on a terminal, else a line every ten seconds.</summary>
    Auto,

    /// <summary>A line that is written over.</summary>
    Bar,

    /// <summary>A line every ten seconds.</summary>
    Plain,

    /// <summary>A JSON object every second.</summary>
    Json,
}
