using System.Text.Json.Serialization;

namespace RequestsAsync.Bulk;

/// <summary>What an origin said about robots, and until when it holds.</summary>
internal sealed record RobotsNote
{
    /// <summary>Of its robots.txt the rules for <see cref="Product"/>; empty where there are none, which allows everything.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whose rules they are; <see langword="null"/> where the text is the whole robots.txt.</summary>
    public string? Product { get; init; }

    /// <summary>Why it could not be had, by a fault of the server's or the network's, so that nothing may be fetched (RFC 9309 §2.3.1.4); <see langword="null"/> otherwise.</summary>
    public string? Problem { get; init; }

    /// <summary>How often it was asked for in vain.</summary>
    public int Tries { get; init; }

    /// <summary>Whether it is to be asked for again before anything is decided.</summary>
    public bool IsOpen { get; init; }

    /// <summary>How long the server asks to be left alone until then; <see langword="null"/> where it does not say.</summary>
    [JsonIgnore]
    public TimeSpan? Wait { get; init; }

    /// <summary>Until when it holds.</summary>
    public DateTimeOffset Expires { get; init; }
}
