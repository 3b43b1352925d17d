namespace RequestsAsync;

/// <summary>An answer as it is written into an archive.</summary>
/// <param name="Status">The status; 0 for an answer that did not come.</param>
/// <param name="Reason">The reason phrase.</param>
/// <param name="Version">The protocol, <c>HTTP/1.1</c> for example; empty for an answer that did not come.</param>
/// <param name="Headers">The fields as they came.</param>
/// <param name="Content">The content.</param>
internal sealed record HarResponse(int Status, string Reason, string Version, IReadOnlyList<KeyValuePair<string, string>> Headers, HarBody Content)
{
    /// <summary>How many bytes the content had on the way; -1 where nobody knows.</summary>
    public long BodySize { get; init; } = -1;

    /// <summary>The fields after the content.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Trailers { get; init; } = [];

    /// <summary>Where the pieces of the content ended, and when; empty where it is not known, or where it came in one.</summary>
    public IReadOnlyList<HarChunk> Chunks { get; init; } = [];

    /// <summary>Why there is no answer, or not the whole of it.</summary>
    public string? Error { get; init; }

    /// <summary>The same as exceptions, the outermost first.</summary>
    public IReadOnlyList<HarFault> Faults { get; init; } = [];

    /// <summary>Whether the reader let it go before its end.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>Where a redirect leads to; empty for any other answer.</summary>
    public string RedirectUrl => RedirectRule.IsRedirect(Status) ? HarRequest.Find(Headers, "Location") ?? "" : "";

    /// <summary>An answer that did not come.</summary>
    public static HarResponse None(string? error, params IReadOnlyList<HarFault> faults) =>
        new(0, "", "", [], new HarBody("x-unknown")) { Error = error, Faults = faults };
}
