using System.Text.Json;

namespace RequestsAsync.Cli;

/// <summary>What a session's file holds.</summary>
internal sealed class SessionData
{
    /// <summary>The host and port that it belongs to; <see langword="null"/> where the file does not say.</summary>
    public string? Host { get; set; }

    public Headers Headers { get; } = [];

    public CookieJar Cookies { get; } = new();

    public Credentials? Credentials { get; set; }

    /// <summary>What others have written beside it, and may want to find again: the members of <c>__meta__</c>.</summary>
    public List<KeyValuePair<string, JsonElement>> Notes { get; } = [];
}
