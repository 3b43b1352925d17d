namespace RequestsAsync;

// Whole files, however often the connection is lost on the way.
public sealed partial class Session
{
    /// <summary>Downloads a file: continued after a lost connection or a killed process, checked, and in its place only when it is whole.</summary>
    /// <param name="url">An absolute URL, or one relative to <see cref="SessionOptions.BaseAddress"/>.</param>
    /// <param name="path">
    /// The file to write, in a folder that exists. Or a folder, which exists or is written with a separator at its end: the file then gets the name that
    /// Content-Disposition suggests, or the last part of the URL, made safe.
    /// </param>
    /// <param name="options">How to go about it.</param>
    /// <param name="cancellationToken">The caller's way to give up; what has come is kept, and the next call continues it.</param>
    /// <returns>Where the file is, and how it came there.</returns>
    /// <remarks>
    /// <para>Until it is whole the file is called <c>NAME.part</c>, and <c>NAME.part.json</c> beside it tells which bytes are on disk and which strong validator
    /// (RFC 9110 §8.8) they belong to. A later call asks for the rest alone, with <c>Range</c> and <c>If-Range</c>; a server whose file has changed sends the new one,
    /// and nothing of the old one stays. A missing validator, a content coding or a server without ranges means that it begins anew.</para>
    /// <para>The whole file is on the disk, not in a cache alone, before it gets its name.</para>
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or no path at all.</exception>
    /// <exception cref="InvalidRequestException">The URL, a header or an option is not allowed; nothing was sent.</exception>
    /// <exception cref="HttpStatusException">The answer is not 2xx, for the last of the attempts where the status is one that passes.</exception>
    /// <exception cref="DownloadException">The file is there already, is being downloaded by somebody else, cannot be written, or has another checksum.</exception>
    /// <exception cref="BodyTooLargeException">It is larger than <see cref="DownloadOptions.MaxBytes"/>, or a decompression bomb.</exception>
    /// <exception cref="RequestException">The network or the server failed more often in a row than <see cref="DownloadOptions.Retry"/> allows.</exception>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The session is disposed, or was while the download was under way.</exception>
    public Task<DownloadResult> DownloadAsync(string url, string path, DownloadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new Download(this, url, path, (options ?? new()).Checked()).RunAsync(cancellationToken);
    }
}
