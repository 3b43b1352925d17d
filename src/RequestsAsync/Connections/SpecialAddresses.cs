using System.Net;
using System.Net.Sockets;

namespace RequestsAsync;

/// <summary>The addresses that are no globally reachable unicast, by IANA's registries of special-purpose addresses (RFC 6890) and their successors.</summary>
internal static class SpecialAddresses
{
    // The first network that holds the address decides; one without a description is an exception from those below it.
    private static readonly (IPNetwork Network, string? Description)[] Ipv4 =
    [
        (IPNetwork.Parse("0.0.0.0/8"), "this network, RFC 791"),
        (IPNetwork.Parse("10.0.0.0/8"), "private use, RFC 1918"),
        (IPNetwork.Parse("100.64.0.0/10"), "carrier-grade NAT, RFC 6598"),
        (IPNetwork.Parse("127.0.0.0/8"), "loopback, RFC 1122"),
        (IPNetwork.Parse("168.63.129.16/32"), "the host's own services in Azure"), // the one public address that is a cloud's metadata
        (IPNetwork.Parse("169.254.0.0/16"), "link-local and cloud metadata, RFC 3927"),
        (IPNetwork.Parse("172.16.0.0/12"), "private use, RFC 1918"),
        (IPNetwork.Parse("192.0.0.9/32"), null), // anycast of PCP, RFC 7723
        (IPNetwork.Parse("192.0.0.10/32"), null), // anycast of TURN, RFC 8155
        (IPNetwork.Parse("192.0.0.0/24"), "protocol assignments, RFC 6890"),
        (IPNetwork.Parse("192.0.2.0/24"), "documentation, RFC 5737"),
        (IPNetwork.Parse("192.88.99.0/24"), "6to4 relays, RFC 7526"),
        (IPNetwork.Parse("192.168.0.0/16"), "private use, RFC 1918"),
        (IPNetwork.Parse("198.18.0.0/15"), "benchmarking, RFC 2544"),
        (IPNetwork.Parse("198.51.100.0/24"), "documentation, RFC 5737"),
        (IPNetwork.Parse("203.0.113.0/24"), "documentation, RFC 5737"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast, RFC 5771"),
        (IPNetwork.Parse("255.255.255.255/32"), "broadcast, RFC 919"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved, RFC 1112"),
    ];

    private static readonly (IPNetwork Network, string? Description)[] Ipv6 =
    [
        (IPNetwork.Parse("::/128"), "unspecified, RFC 4291"),
        (IPNetwork.Parse("::1/128"), "loopback, RFC 4291"),
        (IPNetwork.Parse("::/96"), "IPv4-compatible, RFC 4291"),
        (IPNetwork.Parse("64:ff9b:1::/48"), "local translation, RFC 8215"),
        (IPNetwork.Parse("100::/64"), "discarded, RFC 6666"),
        (IPNetwork.Parse("2001::/32"), "Teredo, RFC 4380"),
        (IPNetwork.Parse("2001:1::1/128"), null), // anycast of PCP, RFC 7723
        (IPNetwork.Parse("2001:1::2/128"), null), // anycast of TURN, RFC 8155
        (IPNetwork.Parse("2001:1::3/128"), null), // anycast of the service registration protocol, RFC 9665
        (IPNetwork.Parse("2001:3::/32"), null), // AMT, RFC 7450
        (IPNetwork.Parse("2001:4:112::/48"), null), // AS112, RFC 7535
        (IPNetwork.Parse("2001:20::/28"), null), // ORCHIDv2, RFC 7343
        (IPNetwork.Parse("2001:30::/28"), null), // identifiers of drones, RFC 9374
        (IPNetwork.Parse("2001::/23"), "protocol assignments, RFC 2928"),
        (IPNetwork.Parse("2001:db8::/32"), "documentation, RFC 3849"),
        (IPNetwork.Parse("3fff::/20"), "documentation, RFC 9637"),
        (IPNetwork.Parse("2000::/3"), null), // all of global unicast, RFC 4291 §2.4
        (IPNetwork.Parse("5f00::/16"), "segment routing, RFC 9602"),
        (IPNetwork.Parse("fc00::/7"), "private use, RFC 4193"),
        (IPNetwork.Parse("fe80::/10"), "link-local, RFC 4291"),
        (IPNetwork.Parse("fec0::/10"), "site-local, RFC 3879"),
        (IPNetwork.Parse("ff00::/8"), "multicast, RFC 4291"),
        (IPNetwork.Parse("::/0"), "not assigned, RFC 4291"),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>What an address is for, or <see langword="null"/> if it is any address of the Internet. One that stands for an IPv4 address is judged as that.</summary>
    public static string? Describe(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork) return Find(Ipv4, address);
        if (address.IsIPv4MappedToIPv6) return DescribeInner(address, at: 12);
        if (Nat64.Contains(address)) return DescribeInner(address, at: 12);
        if (SixToFour.Contains(address)) return DescribeInner(address, at: 2);
        return Find(Ipv6, address);
    }

    private static string? DescribeInner(IPAddress address, int at)
    {
        IPAddress inner = new(address.GetAddressBytes().AsSpan(at, 4));
        return Find(Ipv4, inner) is { } description ? $"stands for {inner}: {description}" : null;
    }

    private static string? Find((IPNetwork Network, string? Description)[] networks, IPAddress address)
    {
        foreach ((IPNetwork network, string? description) in networks)
        {
            if (network.Contains(address)) return description;
        }

        return null;
    }
}
