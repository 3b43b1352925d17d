namespace RequestsAsync.Cli;

/// <summary>How one step of a path enters a JSON value.</summary>
internal enum JsonStepKind
{
    /// <summary><c>name</c> at the beginning, <c>[name]</c> after it: a member of an object.</summary>
    Key,

    /// <summary><c>[3]</c>: a place in an array.</summary>
    Index,

    /// <summary><c>[]</c>: a new place at the end of an array.</summary>
    Append,
}
