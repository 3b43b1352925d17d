namespace RequestsAsync.Cli;

/// <summary>How a piece of content is given.</summary>
internal enum CurlDataKind
{
    /// <summary><c>-d</c>: a text, or the name of a file after <c>@</c> whose line ends are left out.</summary>
    Ascii,

    /// <summary><c>--data-raw</c>: a text, whatever it begins with.</summary>
    Raw,

    /// <summary><c>--data-binary</c>: as <see cref="Ascii"/>, with a file as it is.</summary>
    Binary,

    /// <summary><c>--data-urlencode</c>.</summary>
    UrlEncoded,

    /// <summary><c>--json</c>: as <see cref="Binary"/>; several follow one another without <c>&amp;</c>.</summary>
    Json,
}
