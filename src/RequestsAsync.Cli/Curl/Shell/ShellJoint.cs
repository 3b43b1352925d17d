namespace RequestsAsync.Cli;

/// <summary>How a command follows the one before it.</summary>
internal enum ShellJoint
{
    /// <summary>After a semicolon or a line end, or as the first.</summary>
    Then,

    /// <summary><c>&amp;&amp;</c>: only if the one before succeeded.</summary>
    AndThen,

    /// <summary><c>||</c>: only if the one before failed.</summary>
    OrElse,

    /// <summary><c>|</c>: it reads what the one before writes.</summary>
    Pipe,
}
