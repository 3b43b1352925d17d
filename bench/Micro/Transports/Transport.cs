namespace RequestsAsync.Micro;

/// <summary>What answers the requests of a benchmark.</summary>
public enum Transport
{
    /// <summary>A handler that has the answer at once: what remains is the layers above.</summary>
    Handler,

    /// <summary>The runtime's own HTTP/1.1 over a connection in memory.</summary>
    Connection,
}
