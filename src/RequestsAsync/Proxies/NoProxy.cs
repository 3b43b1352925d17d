using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;

namespace RequestsAsync;

/// <summary>The hosts that are reached without the proxy, as <c>NO_PROXY</c> lists them.</summary>
/// <remarks>
/// Entries are parted by commas or white space. <c>*</c> means every host; a domain means itself and all below it;
/// <c>10.0.0.0/8</c> and <c>fd00::/8</c> mean networks; <c>host:port</c> counts for that port only. No name is looked up:
/// a network matches address literals alone. Nothing is left out unless it is listed, localhost not either (as in curl and
/// Python; Go differs).
/// </remarks>
internal sealed class NoProxy
{
    private static readonly IdnMapping Idn = new();

    private readonly List<NoProxyEntry> _entries = [];

    private NoProxy()
    {
    }

    /// <summary>Reads a list. An entry that makes no sense matches nothing.</summary>
    public static NoProxy Parse(string? list)
    {
        NoProxy parsed = new();
        foreach (string item in (list ?? "").Split([',', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (NoProxyEntry.Parse(item) is { } entry) parsed._entries.Add(entry);
        }

        return parsed;
    }

    /// <summary>True if the host is reached without the proxy.</summary>
    /// <param name="scheme">The scheme of the URL.</param>
    /// <param name="host">The host of the URL, with or without the brackets of IPv6.</param>
    /// <param name="port">The port, the scheme's own where the URL has none.</param>
    public bool Bypasses(string scheme, string host, int port)
    {
        // As in requests: a URL without a host, such as file:, leads to nothing that a proxy could reach.
        if (host.Length == 0) return true;
        if (_entries.Count == 0) return false;

        byte[]? address = TryParseAddress(host, out IPAddress? parsed) ? parsed.GetAddressBytes() : null;
        string normal = NormalHost(host);
        foreach (NoProxyEntry entry in _entries)
        {
            if (entry.Matches(scheme, normal, address, port)) return true;
        }

        return false;
    }

    /// <summary>A host as it is compared: lower case, in the ASCII form of IDNA, without the dot of the root.</summary>
    public static string NormalHost(string host)
    {
        string trimmed = host.EndsWith('.') ? host[..^1] : host;
        if (!Ascii.IsValid(trimmed))
        {
            try
            {
                trimmed = Idn.GetAscii(trimmed);
            }
            catch (ArgumentException)
            {
                // No host name: it equals only what is written the same way.
            }
        }

        return trimmed.ToLowerInvariant();
    }

    /// <summary>Reads an address literal. IPv4 must be four plain decimal numbers; IPv4 mapped into IPv6 is IPv4.</summary>
    public static bool TryParseAddress(string host, [NotNullWhen(true)] out IPAddress? address)
    {
        ReadOnlySpan<char> text = host;
        if (text is ['[', .., ']']) text = text[1..^1];

        if (!IPAddress.TryParse(text, out address)) return false;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        // The runtime also takes 127.1 and 0x7f.0.0.1, which would make a network of a domain such as `10.8`.
        return text.Contains(':') || text.SequenceEqual(address.ToString());
    }
}
