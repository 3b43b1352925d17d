namespace RequestsAsync.Cli;

/// <summary>What an item of the command line adds to the request; its separator says so.</summary>
internal enum ItemKind
{
    /// <summary><c>Name:Value</c>, and <c>Name:</c> takes a field away.</summary>
    Header,

    /// <summary><c>Name;</c></summary>
    EmptyHeader,

    /// <summary><c>Name:@file</c></summary>
    HeaderFromFile,

    /// <summary><c>name==value</c></summary>
    Query,

    /// <summary><c>name==@file</c></summary>
    QueryFromFile,

    /// <summary><c>name=value</c></summary>
    Field,

    /// <summary><c>name=@file</c></summary>
    FieldFromFile,

    /// <summary><c>name:=json</c></summary>
    Json,

    /// <summary><c>name:=@file</c></summary>
    JsonFromFile,

    /// <summary><c>name@file</c>, and <c>@file</c> is the whole body.</summary>
    Upload,
}
