using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace RequestsAsync.Testing;

/// <summary>The tokens that were issued. Access tokens end with their lifetime, and a refresh token with its first use (RFC 9700 §2.2.2).</summary>
internal sealed class OAuthTokens(TimeProvider time)
{
    // A test server forgets all rather than to grow without end.
    private const int MaxTokens = 100_000;

    private readonly ConcurrentDictionary<string, OAuthToken> _access = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, OAuthToken> _refresh = new(StringComparer.Ordinal);

    internal string IssueAccess(OAuthToken token) => Issue(_access, token);

    internal string IssueRefresh(OAuthToken token) => Issue(_refresh, token);

    /// <summary>What an access token is good for, or <see langword="null"/> where it is unknown or over.</summary>
    internal OAuthToken? FindAccess(string value) =>
        _access.TryGetValue(value, out OAuthToken? token) && time.GetElapsedTime(token.Issued) < token.Lifetime ? token : null;

    internal OAuthToken? FindRefresh(string value) => _refresh.GetValueOrDefault(value);

    /// <summary>Takes a refresh token away. Returns whether it was there: of two that come at once, one gets it.</summary>
    internal bool Consume(string refreshToken) => _refresh.TryRemove(refreshToken, out _);

    private string Issue(ConcurrentDictionary<string, OAuthToken> tokens, OAuthToken token)
    {
        if (tokens.Count >= MaxTokens) tokens.Clear();
        string value = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20));
        tokens[value] = token with { Issued = time.GetTimestamp() };
        return value;
    }
}
