namespace RequestsAsync;

/// <summary>What ended a call before its time.</summary>
internal enum EndedBy
{
    /// <summary>Nothing: the call goes on, or failed by itself.</summary>
    Nothing,

    /// <summary>The caller's token.</summary>
    Caller,

    /// <summary>The session was disposed.</summary>
    Session,

    /// <summary>The total time ran out.</summary>
    Timeout,
}
