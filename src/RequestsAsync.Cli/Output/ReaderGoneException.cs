namespace RequestsAsync.Cli;

/// <summary>Whoever read the output has ended, as <c>head</c> does after its lines: there is nobody to write for, and nobody to tell.</summary>
internal sealed class ReaderGoneException() : IOException("Nobody reads the output any more.");
