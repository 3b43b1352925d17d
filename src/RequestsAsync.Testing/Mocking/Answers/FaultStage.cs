namespace RequestsAsync.Testing;

/// <summary>How far a request comes before its fault meets it.</summary>
internal enum FaultStage
{
    /// <summary>No connection is there.</summary>
    Connecting,

    /// <summary>A connection is there, and TLS is not.</summary>
    Securing,

    /// <summary>The head was sent, and the content is not taken.</summary>
    Sending,

    /// <summary>All of it was sent.</summary>
    Answering,
}
