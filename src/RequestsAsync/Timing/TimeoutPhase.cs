namespace RequestsAsync;

/// <summary>What a request was doing when its time ran out.</summary>
public enum TimeoutPhase
{
    /// <summary>Waiting for a free connection.</summary>
    Pool,

    /// <summary>Resolving the name and connecting.</summary>
    Connect,

    /// <summary>Shaking hands over TLS.</summary>
    Tls,

    /// <summary>Sending the request.</summary>
    Write,

    /// <summary>Waiting for the next byte of the response.</summary>
    Read,

    /// <summary>The limit for the whole call, whatever it was doing.</summary>
    Total,
}
