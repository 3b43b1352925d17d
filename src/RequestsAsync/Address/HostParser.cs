using System.Buffers;
using System.Text;

namespace RequestsAsync;

/// <summary>The URL standard's host parser for http, https, ws and wss.</summary>
internal static class HostParser
{
    // A control character, a delimiter of URLs, or '%' after decoding: the standard's forbidden domain code points.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\t\n\u000b\u000c\r\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f"
        + " #%/:<>?@[\\]^|\u007f");

    /// <summary>Writes the serialised host.</summary>
    /// <param name="host">The host as it stands in the URL, not empty.</param>
    /// <param name="href">Where to write it.</param>
    /// <returns>What is wrong with the host, or <see langword="null"/>.</returns>
    public static string? Write(ReadOnlySpan<char> host, ref UrlBuilder href)
    {
        if (host[0] == '[') return WriteIpv6(host, ref href);

        int start = href.Length;
        if (Ascii.IsValid(host) && !host.Contains('%'))
        {
            href.AppendLowerAscii(host);
        }
        else
        {
            if (!Idna.TryToAscii(PercentEncoding.Decode(host), out string? ascii, out string? problem)) return $"The host is not valid: {problem}.";
            href.Append(ascii);
        }

        return FindFault(href.Written[start..]) ?? RewriteIpv4(start, ref href);
    }

    private static string? FindFault(ReadOnlySpan<char> domain)
    {
        if (domain.IsEmpty) return "The host is empty once its invisible characters are removed.";

        int forbidden = domain.IndexOfAny(Forbidden);
        if (forbidden < 0) return null;

        char c = domain[forbidden];
        return char.IsControl(c) || c == ' '
            ? $"The host may not hold the character U+{(int)c:X4}."
            : $"The host may not hold the character '{c}'.";
    }

    private static string? RewriteIpv4(int start, ref UrlBuilder href)
    {
        ReadOnlySpan<char> host = href.Written[start..];
        if (!Ipv4Host.EndsInNumber(host)) return null;
        if (!Ipv4Host.TryParse(host, out uint address))
            return $"The host '{host}' ends in a number and so must be an IPv4 address, which it is not.";

        href.Truncate(start);
        Ipv4Host.Write(address, ref href);
        return null;
    }

    private static string? WriteIpv6(ReadOnlySpan<char> host, ref UrlBuilder href)
    {
        Span<ushort> pieces = stackalloc ushort[8];
        if (host[^1] != ']' || !Ipv6Host.TryParse(host[1..^1], pieces)) return "What stands in brackets is not an IPv6 address.";

        Ipv6Host.Write(pieces, ref href);
        return null;
    }
}
