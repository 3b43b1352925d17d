namespace RequestsAsync;

/// <content>Between the jar and a file.</content>
public sealed partial class CookieJar
{
    /// <summary>Reads a jar from a file, as <see cref="Save"/>, curl, wget or a browser's export wrote it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How it is written; by its name unless given.</param>
    /// <param name="options">The limits and the clock of the jar.</param>
    /// <remarks>
    /// Cookies that have expired, that span a public suffix or that are not what their <c>__Host-</c> or <c>__Secure-</c> prefix
    /// promises are left out. Anything that cannot be read is an error rather than a cookie that silently is not there;
    /// curl skips such lines.
    /// </remarks>
    /// <exception cref="InvalidRequestException">The file cannot be read, or is damaged: the message names the line.</exception>
    public static CookieJar Load(string path, CookieFileFormat format = CookieFileFormat.ByExtension, CookieJarOptions? options = null) =>
        FromFile(CookieFile.Parse(path, CookieFile.Read(path), format), options);

    /// <inheritdoc cref="Load"/>
    /// <param name="path">The file.</param>
    /// <param name="format">How it is written; by its name unless given.</param>
    /// <param name="options">The limits and the clock of the jar.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<CookieJar> LoadAsync(
        string path,
        CookieFileFormat format = CookieFileFormat.ByExtension,
        CookieJarOptions? options = null,
        CancellationToken cancellationToken = default) =>
        FromFile(CookieFile.Parse(path, await CookieFile.ReadAsync(path, cancellationToken).ConfigureAwait(false), format), options);

    /// <summary>Writes the jar to a file, in place of what is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">How to write it; by its name unless given.</param>
    /// <param name="includeSessionCookies">Whether cookies without an expiry date are written too, as a login's often are.</param>
    /// <remarks>
    /// Cookies are keys to accounts: on Unix the file is its owner's alone (mode 0600). It appears whole or not at all: what is
    /// written first is a file beside it, which then takes its name.
    /// </remarks>
    /// <exception cref="InvalidRequestException">The file cannot be written.</exception>
    public void Save(string path, CookieFileFormat format = CookieFileFormat.ByExtension, bool includeSessionCookies = true) =>
        CookieFile.Write(path, CookieFile.Format(path, ForFile(includeSessionCookies), format));

    /// <inheritdoc cref="Save"/>
    /// <param name="path">The file.</param>
    /// <param name="format">How to write it; by its name unless given.</param>
    /// <param name="includeSessionCookies">Whether cookies without an expiry date are written too, as a login's often are.</param>
    /// <param name="cancellationToken">Ends the writing; the old file stays.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task SaveAsync(
        string path,
        CookieFileFormat format = CookieFileFormat.ByExtension,
        bool includeSessionCookies = true,
        CancellationToken cancellationToken = default) =>
        CookieFile.WriteAsync(path, CookieFile.Format(path, ForFile(includeSessionCookies), format), cancellationToken);

    private static CookieJar FromFile(List<Cookie> cookies, CookieJarOptions? options)
    {
        CookieJar jar = new(options);
        foreach (Cookie cookie in cookies)
        {
            if (!jar.SpansPublicSuffix(cookie) && CookiePrefix.IsUpheld(cookie)) jar.Put(cookie);
        }

        return jar;
    }

    private List<Cookie> ForFile(bool includeSessionCookies)
    {
        List<Cookie> cookies = Snapshot();
        if (!includeSessionCookies) cookies.RemoveAll(cookie => cookie.Expires is null);
        return cookies;
    }
}
