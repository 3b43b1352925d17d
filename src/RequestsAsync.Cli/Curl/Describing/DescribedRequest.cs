namespace RequestsAsync.Cli;

/// <summary>A request that a curl command describes, in this library's terms: to be sent, or written down as code.</summary>
internal sealed record DescribedRequest
{
    public required string Method { get; init; }

    /// <summary>The URL with its whole query.</summary>
    public required string Url { get; init; }

    /// <summary>The fields in order; those that the library would send by itself and curl would not are there without a value.</summary>
    public required IReadOnlyList<DescribedHeader> Headers { get; init; }

    /// <summary>Cookies that were given by hand.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Cookies { get; init; } = [];

    public DescribedContent? Content { get; init; }

    /// <summary>Whether the content is long, so that curl asks the server first.</summary>
    public bool ExpectContinue { get; init; }

    public DescribedAuth? Auth { get; init; }

    /// <summary>The options that hold for the whole session: proxy, TLS, time, redirects.</summary>
    public required CurlOperation Settings { get; init; }

    /// <summary>Where the body goes.</summary>
    public CurlOutput Output { get; init; } = CurlOutput.Standard;
}
