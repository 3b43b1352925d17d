namespace RequestsAsync;

// A file in one line.
public static partial class Requests
{
    /// <inheritdoc cref="Session.DownloadAsync(string, string, DownloadOptions?, CancellationToken)"/>
    public static Task<DownloadResult> DownloadAsync(string url, string path, DownloadOptions? options = null, CancellationToken cancellationToken = default) =>
        Shared.DownloadAsync(url, path, options, cancellationToken);
}
