namespace RequestsAsync.SideBySide;

/// <summary>What the requests of a scenario are like.</summary>
internal enum LoadShape
{
    /// <summary>Workers that ask one request after another and read the body as text.</summary>
    Text,

    /// <summary>The same, with the body read as JSON.</summary>
    Json,

    /// <summary>The same, with the body as bytes.</summary>
    Bytes,

    /// <summary>Many requests by one call of a session.</summary>
    Batch,

    /// <summary>As many requests under way at once as can be, all waiting for an answer.</summary>
    InFlight,

    /// <summary>One large body that is saved as a file.</summary>
    Download,

    /// <summary>One large body that is read and thrown away.</summary>
    Discard,

    /// <summary>A command, from its start to its end.</summary>
    Command,
}
