using System.Globalization;

namespace RequestsAsync;

/// <summary>A line of source code, as the compiler gives it to a caller's parameters.</summary>
internal readonly record struct CallSite(string File, int Line)
{
    /// <summary>The file and the line, or nothing where the compiler gave none.</summary>
    public string? Text => string.IsNullOrEmpty(File) ? null : string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}");
}
