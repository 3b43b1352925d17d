namespace RequestsAsync;

/// <summary>How far the content of a request is.</summary>
internal enum BodyState : byte
{
    /// <summary>Nobody has asked for it; with <c>Expect: 100-continue</c> the server may never do.</summary>
    Waiting,

    /// <summary>It is being read from its source and written.</summary>
    Sending,

    /// <summary>All of it was handed to the connection, or there is none.</summary>
    Sent,
}
