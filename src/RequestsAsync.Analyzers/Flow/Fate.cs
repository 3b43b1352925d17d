namespace RequestsAsync.Analyzers;

/// <summary>What becomes of a value inside the member that made it.</summary>
[Flags]
internal enum Fate
{
    /// <summary>Nobody wants it.</summary>
    None = 0,

    /// <summary>A member of it is read or called.</summary>
    Used = 1,

    /// <summary>It is disposed here.</summary>
    Disposed = 2,

    /// <summary>It is returned, stored or handed to somebody else, who answers for it.</summary>
    HandedOn = 4,
}
