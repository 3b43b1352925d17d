namespace RequestsAsync.Cli;

/// <summary>A here-document that was announced and whose lines follow.</summary>
/// <param name="Delimiter">The line that ends it.</param>
/// <param name="IsQuoted">Whether variables and backslashes in it stay as they are.</param>
/// <param name="StripsTabs">Whether tabs at the start of its lines are left out (<c>&lt;&lt;-</c>).</param>
/// <param name="Position">Where it was announced.</param>
/// <param name="Command">The place of the command that reads it.</param>
internal sealed record HereDocument(string Delimiter, bool IsQuoted, bool StripsTabs, int Position, int Command);
