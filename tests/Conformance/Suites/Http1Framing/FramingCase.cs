namespace RequestsAsync.Conformance;

/// <summary>Bytes of a server, and what a client is to make of them. What is <see langword="null"/> is not asked for.</summary>
internal sealed record FramingCase(string Id, byte[] Raw)
{
    public string Method { get; init; } = "GET";

    /// <summary>Whether the answer, its body included, is to be taken.</summary>
    public bool IsAccepted { get; init; } = true;

    /// <summary>Whether it may be refused as well.</summary>
    public bool MayBeRefused { get; init; }

    /// <summary>Whether the body ends before its time, so that reading it has to fail.</summary>
    public bool IsCutOff { get; init; }

    /// <summary>Whether what is wrong comes after a whole answer.</summary>
    public bool HasSurplus { get; init; }

    /// <summary>Why the case is about something that this library does not have.</summary>
    public string? Foreign { get; init; }

    public int? Status { get; init; }

    public string? Reason { get; init; }

    public string? Version { get; init; }

    /// <summary>The values of fields, those of one name joined.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Trailers { get; init; } = [];

    public string? Body { get; init; }

    public int? BodyLength { get; init; }

    /// <summary>What the rules look at.</summary>
    public RawReply Reply { get; } = new(Raw);

    public override string ToString() => Id;
}
