namespace RequestsAsync.Testing;

/// <summary>How a body ends.</summary>
internal enum BodyEnd
{
    /// <summary>As it should.</summary>
    Whole,

    /// <summary>The connection is closed too early.</summary>
    CutOff,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>Nothing comes any more, and the connection stays.</summary>
    Stalled,
}
