namespace RequestsAsync.Cli;

/// <summary>One piece of content.</summary>
/// <param name="Kind">Which option gave it.</param>
/// <param name="Value">That option's value.</param>
internal readonly record struct CurlData(CurlDataKind Kind, string Value);
