using System.Collections.Frozen;

namespace RequestsAsync;

/// <summary>What is secret by its name.</summary>
internal sealed class HarSecretRules
{
    private static readonly FrozenSet<string> SecretHeaders = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Authorization", "Proxy-Authorization", "X-Api-Key", "Api-Key", "X-Auth-Token", "X-Amz-Security-Token", "X-Csrf-Token", "X-Xsrf-Token",
        "X-Access-Token", "X-Vault-Token", "Private-Token", "Authentication-Info", "Proxy-Authentication-Info", "Ocp-Apim-Subscription-Key", "X-Functions-Key", "X-Auth-Key");

    // Compared without upper case, '-' and '_'.
    private static readonly string[] SecretParts =
        ["password", "passwd", "passphrase", "pwd", "secret", "token", "apikey", "accesskey", "privatekey", "credential", "authorization", "signature", "sessionid", "assertion"];

    private static readonly FrozenSet<string> SecretNames = FrozenSet.Create(StringComparer.Ordinal, "pass", "key", "auth", "sig", "sid", "pin", "otp", "code", "jwt");

    // In JSON a key and a code are nearly always something else: an error's, a country's, an object's.
    private static readonly FrozenSet<string> PlainMembers = FrozenSet.Create(StringComparer.Ordinal, "key", "code");

    // They speak of a token and hold none, and clients act on them.
    private static readonly string[] PlainEnds = ["tokentype", "tokenendpoint", "tokenurl", "tokenuri", "expiresin", "expiresat", "expires", "expiry"];

    private FrozenSet<string> _names = FrozenSet<string>.Empty;

    /// <summary>Whether everything stays as it is.</summary>
    public bool KeepsSecrets { get; init; }

    /// <summary>More names, of fields, parameters and members.</summary>
    public IEnumerable<string> Names
    {
        init => _names = value.Select(Plain).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Whether a value is secret though its name is not, by name and value.</summary>
    public Func<string, string, bool>? IsAlsoSecret { get; init; }

    /// <summary>What becomes of a URL, a field value or a text at last.</summary>
    public Func<string, string>? Rewrite { get; init; }

    /// <summary>Whether a name is that of a secret in a query or a form.</summary>
    public static bool IsSecretName(string name) => IsSecretPlain(Plain(name));

    /// <summary>Whether a field holds cookies.</summary>
    public static bool IsCookieField(string name) => Headers.SameName(name, "Cookie") || Headers.SameName(name, "Set-Cookie");

    /// <summary>Whether a name leaves no doubt that its value is a secret. <c>code</c>, <c>key</c>, <c>pin</c> and the name of a cookie do.</summary>
    public bool IsTelling(string name, string value) => IsOwn(name, value) || SecretHeaders.Contains(name) || ContainsPart(Plain(name));

    /// <summary>Whether a field of a message is a secret as a whole.</summary>
    public bool IsField(string name, string value) =>
        IsOwn(name, value) || SecretHeaders.Contains(name)
        || (ContainsPart(Plain(name)) && !name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase) && !name.Contains("ratelimit", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a parameter of a query or a form is a secret.</summary>
    public bool IsParameter(string name, string value) => IsOwn(name, value) || (IsSecretName(name) && !IsCount(name, value));

    /// <summary>Whether a member of an object, or an element of a document, is a secret.</summary>
    public bool IsMember(string name, string value)
    {
        string plain = Plain(name);
        return IsOwn(name, value) || (!PlainMembers.Contains(plain) && IsSecretPlain(plain) && !IsCount(name, value));
    }

    private bool IsOwn(string name, string value) => _names.Contains(Plain(name)) || IsAlsoSecret?.Invoke(name, value) == true;

    private static bool IsSecretPlain(string plain) => SecretNames.Contains(plain) || ContainsPart(plain);

    private static bool ContainsPart(string plain) =>
        Array.Exists(SecretParts, part => plain.Contains(part, StringComparison.Ordinal)) && !Array.Exists(PlainEnds, end => plain.EndsWith(end, StringComparison.Ordinal));

    // max_tokens=100: so many tokens, and none of them.
    private static bool IsCount(string name, string value) =>
        name.EndsWith("tokens", StringComparison.OrdinalIgnoreCase) && value.Length > 0 && value.All(char.IsAsciiDigit);

    private static string Plain(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
