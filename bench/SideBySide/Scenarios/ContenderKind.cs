namespace RequestsAsync.SideBySide;

/// <summary>How a contender is run.</summary>
internal enum ContenderKind
{
    /// <summary>As a child process of this program.</summary>
    DotNet,

    /// <summary>As a script of Debian's Python.</summary>
    Python,

    /// <summary>As <c>wrk</c>.</summary>
    Wrk,

    /// <summary>As any other program that gets a URL.</summary>
    Command,
}
