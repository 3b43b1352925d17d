namespace RequestsAsync.Cli;

/// <summary>A file to download.</summary>
/// <param name="Url">Where it is.</param>
/// <param name="Path">Where it goes: a file, or a folder with a separator at its end.</param>
/// <param name="Options">How.</param>
internal sealed record DownloadJob(string Url, string Path, DownloadOptions Options);
