namespace RequestsAsync;

/// <summary>How a <see cref="CookieJar"/> is written to a file.</summary>
public enum CookieFileFormat
{
    /// <summary>By the file's name: JSON when it ends in <c>.json</c>, else Netscape.</summary>
    ByExtension,

    /// <summary>
    /// <c>cookies.txt</c>, which curl, wget, yt-dlp and Python's <c>MozillaCookieJar</c> read and write: seven columns, tabs between them.
    /// It has whole seconds and no SameSite, and cannot hold a cookie with a tab in its name or path: such a cookie is left out.
    /// </summary>
    Netscape,

    /// <summary>Everything a jar knows.</summary>
    Json,
}
