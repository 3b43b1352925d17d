namespace RequestsAsync.Cli;

/// <summary>What a body's text is written in.</summary>
internal enum BodyKind
{
    /// <summary>Anything; JSON perhaps, which many servers send as plain text.</summary>
    Text,

    Json,

    /// <summary>A JSON text a line, perhaps without an end.</summary>
    JsonLines,

    /// <summary>Server-sent events, perhaps without an end.</summary>
    Events,

    Xml,
    Html,
    Form,
}
