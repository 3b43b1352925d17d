namespace RequestsAsync.Cli;

/// <summary>Where a body goes.</summary>
/// <param name="Path">The file; <see langword="null"/> for the standard output.</param>
/// <param name="IsRemoteName">Whether the file has the name that the URL, or with <c>-J</c> the server, gives it.</param>
internal sealed record CurlOutput(string? Path, bool IsRemoteName)
{
    /// <summary>What <c>-o</c> is given for nowhere.</summary>
    public const string Nowhere = "/dev/null";

    public static CurlOutput Standard { get; } = new(Path: null, IsRemoteName: false);
}
