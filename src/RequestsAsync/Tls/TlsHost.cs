using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace RequestsAsync;

/// <summary>Hosts as TLS compares them: lower case, in ASCII, without the brackets of IPv6 and the dot of the root.</summary>
internal static class TlsHost
{
    /// <summary>The pattern of every host.</summary>
    public const string Any = "*";

    /// <summary>The host of a connection, which is in ASCII already.</summary>
    public static string Normalize(string host)
    {
        ReadOnlySpan<char> text = host is ['[', .., ']'] ? host.AsSpan(1, host.Length - 2) : host;
        if (text is [_, .., '.']) text = text[..^1];

        // Uri writes some IPv6 addresses with a dotted end, and no pin may be missed for that.
        if (text.Contains(':') && IPAddress.TryParse(text, out IPAddress? address)) return address.ToString();
        return text.Length == host.Length ? host : text.ToString();
    }

    /// <summary>A host that the user typed, or a pattern of hosts.</summary>
    /// <param name="text">A name, an address, <c>*.name</c> or <c>*</c>.</param>
    /// <param name="option">Where it was typed.</param>
    /// <exception cref="InvalidRequestException">It is none of these.</exception>
    public static string ParsePattern(string text, string option)
    {
        if (text == Any) return text;

        bool isParent = text.StartsWith("*.", StringComparison.Ordinal);
        if (TryParse(isParent ? text[2..] : text, out string? host) && !(isParent && IPAddress.TryParse(host, out _))) return isParent ? "*." + host : host;
        throw Invalid(text, option, " Or '*.name' for all hosts below that one, or '*' for every host.");
    }

    /// <summary>A host that the user typed.</summary>
    /// <param name="text">A name or an address.</param>
    /// <param name="option">Where it was typed.</param>
    /// <exception cref="InvalidRequestException">It is neither.</exception>
    public static string Parse(string text, string option) => TryParse(text, out string? host) ? host : throw Invalid(text, option, "");

    /// <summary>Whether a pattern means the host.</summary>
    public static bool Matches(string pattern, string host) =>
        pattern == Any
        || (pattern[0] == '*' ? host.AsSpan().EndsWith(pattern.AsSpan(1), StringComparison.OrdinalIgnoreCase) : pattern.Equals(host, StringComparison.OrdinalIgnoreCase));

    private static bool TryParse(string text, [NotNullWhen(true)] out string? host)
    {
        string bracketed = text.Contains(':', StringComparison.Ordinal) && text is not ['[', ..] ? $"[{text}]" : text;
        bool isHost = Url.TryParse($"https://{bracketed}", out Url? url) && url.Href == $"https://{url.Host}/" && !url.Host.Contains('*', StringComparison.Ordinal);
        host = isHost ? Normalize(url!.Host) : null;
        return isHost;
    }

    private static InvalidRequestException Invalid(string text, string option, string hint) =>
        new($"'{text}' in {option} is no host. Give its name or address alone, without scheme, port and path.{hint}");
}
