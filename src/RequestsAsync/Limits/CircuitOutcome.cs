namespace RequestsAsync;

/// <summary>What a sending says about the host.</summary>
internal enum CircuitOutcome
{
    /// <summary>Nothing: the caller cancelled it, or it failed on this side.</summary>
    Neither,

    /// <summary>The host works.</summary>
    Success,

    /// <summary>The host, or the way to it, does not work.</summary>
    Failure,
}
