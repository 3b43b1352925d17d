using System.Text.Json;

namespace RequestsAsync.Bulk;

/// <summary>What a request's next holder has to know: when it began, and the redirects that led to where it is now.</summary>
internal sealed record FetchState
{
    /// <summary>When the first attempt began.</summary>
    public DateTimeOffset Started { get; init; }

    /// <summary>The URL that it is at; <see langword="null"/> for its own.</summary>
    public string? Url { get; init; }

    /// <summary>The method by now (RFC 9110 §15.4: some redirects turn POST into GET); <see langword="null"/> for its own.</summary>
    public string? Method { get; init; }

    /// <summary>The redirects so far.</summary>
    public IReadOnlyList<FollowedRedirect> Redirects { get; init; } = [];

    /// <summary>Whether a redirect led to another origin, where the request's own credentials are not sent.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FrontierException">It is something else.</exception>
    public static FetchState? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize(text, FetchStateContext.Default.FetchState);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new FrontierException($"What the frontier keeps of a request that was begun cannot be read: '{text}'. It was written by another program, or is damaged.", e);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => JsonSerializer.Serialize(this, FetchStateContext.Default.FetchState);
}
