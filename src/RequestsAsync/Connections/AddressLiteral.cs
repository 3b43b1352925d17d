using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace RequestsAsync;

/// <summary>Hosts that are addresses.</summary>
internal static class AddressLiteral
{
    /// <summary>Reads an address, with or without brackets and scope id. IPv4 mapped into IPv6 is IPv4.</summary>
    public static bool TryParse(ReadOnlySpan<char> host, [NotNullWhen(true)] out IPAddress? address)
    {
        if (host is ['[', .., ']']) host = host[1..^1];
        if (!IPAddress.TryParse(host, out address)) return false;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();

        // The runtime also takes 127.1 and 0x7f000001 for IPv4; in URLs they are spelled out already, and in options they are mistakes.
        return host.Contains(':') || host.SequenceEqual(address.ToString());
    }
}
