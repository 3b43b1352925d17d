namespace RequestsAsync.Analyzers;

/// <summary>How long a client lives that lives too short.</summary>
internal enum Lifetime
{
    /// <summary>For one call of the function that makes it.</summary>
    Call,

    /// <summary>For one turn of a loop.</summary>
    Iteration,
}
