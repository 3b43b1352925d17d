namespace RequestsAsync.Cli;

/// <summary>What the fields of the command line become.</summary>
internal enum ContentKind
{
    /// <summary>A JSON value.</summary>
    Json,

    /// <summary>A form, url-encoded; with a file it is multipart.</summary>
    Form,

    /// <summary>A form in parts, also without a file.</summary>
    Multipart,
}
