using System.Globalization;
using System.Net;

namespace RequestsAsync;

/// <summary>One entry of a <c>NO_PROXY</c> list: a domain, an address or a network, perhaps with a scheme and a port.</summary>
internal sealed class NoProxyEntry
{
    private readonly string? _scheme;
    private readonly int? _port;
    private readonly string _domain;
    private readonly bool _includesApex;
    private readonly byte[]? _network;
    private readonly int _prefixBits;

    private NoProxyEntry(string? scheme, int? port, string domain)
    {
        _scheme = scheme;
        _port = port;
        IsEverything = domain == "*";
        // Only `*.example.com` means the subdomains alone. `.example.com` also means example.com, as in curl and requests.
        _includesApex = !domain.StartsWith("*.", StringComparison.Ordinal);
        _domain = NoProxy.NormalHost((_includesApex ? domain : domain[1..]).TrimStart('.'));
    }

    private NoProxyEntry(string? scheme, int? port, byte[] network, int prefixBits)
    {
        _scheme = scheme;
        _port = port;
        _domain = "";
        _network = network;
        _prefixBits = prefixBits;
    }

    private bool IsEverything { get; }

    /// <summary>Reads one entry; <see langword="null"/> if it can match nothing.</summary>
    public static NoProxyEntry? Parse(string text)
    {
        string? scheme = null;
        int schemeEnd = text.IndexOf("://", StringComparison.Ordinal);
        if (schemeEnd >= 0)
        {
            // httpx: the entry counts for this scheme only.
            scheme = text[..schemeEnd];
            text = text[(schemeEnd + "://".Length)..].TrimEnd('/');
        }

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0) return ParseNetwork(scheme, text[..slash], text[(slash + 1)..]);

        if (!TrySplitPort(text, out string host, out int? port)) return null;
        if (NoProxy.TryParseAddress(host, out IPAddress? address))
        {
            byte[] bytes = address.GetAddressBytes();
            return new(scheme, port, bytes, bytes.Length * 8);
        }

        NoProxyEntry entry = new(scheme, port, host);
        return entry.IsEverything || entry._domain.Length > 0 ? entry : null;
    }

    /// <summary>True if a request for that host need not go through the proxy.</summary>
    /// <param name="scheme">The scheme of the URL.</param>
    /// <param name="host">The host, normal; see <see cref="NoProxy.NormalHost"/>.</param>
    /// <param name="address">The host's address where it is a literal.</param>
    /// <param name="port">The port, the scheme's own where the URL has none.</param>
    public bool Matches(string scheme, string host, byte[]? address, int port)
    {
        if (_scheme is not null && !_scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase)) return false;
        if (_port is not null && _port != port) return false;
        if (IsEverything) return true;
        if (_network is not null) return address is not null && IsInNetwork(address);
        return address is null && IsInDomain(host);
    }

    private static NoProxyEntry? ParseNetwork(string? scheme, string addressText, string bitsText)
    {
        if (!IPAddress.TryParse(addressText.Trim('[', ']'), out IPAddress? parsed)) return null;
        if (!NoProxy.TryParseAddress(addressText, out IPAddress? address)) return null;
        if (!int.TryParse(bitsText, NumberStyles.None, CultureInfo.InvariantCulture, out int bits)) return null;

        // A network of IPv4-mapped addresses is one of IPv4.
        if (parsed.AddressFamily != address.AddressFamily) bits -= 96;
        byte[] bytes = address.GetAddressBytes();
        return bits >= 0 && bits <= bytes.Length * 8 ? new(scheme, port: null, bytes, bits) : null;
    }

    /// <summary>Splits <c>host:port</c>; an IPv6 address has a port only after brackets.</summary>
    private static bool TrySplitPort(string text, out string host, out int? port)
    {
        host = text;
        port = null;
        int colon = text.LastIndexOf(':');
        bool hasPort = text.StartsWith('[') ? colon > text.IndexOf(']', StringComparison.Ordinal) : colon >= 0 && text.IndexOf(':', StringComparison.Ordinal) == colon;
        if (!hasPort) return true;

        host = text[..colon];
        if (!ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort number)) return false;
        port = number;
        return true;
    }

    private bool IsInNetwork(byte[] address)
    {
        if (address.Length != _network!.Length) return false;

        int whole = _prefixBits / 8;
        if (!address.AsSpan(0, whole).SequenceEqual(_network.AsSpan(0, whole))) return false;

        int left = _prefixBits % 8;
        return left == 0 || (address[whole] ^ _network[whole]) >> (8 - left) == 0;
    }

    /// <summary>True for the domain and what lies below it: a match ends at a dot.</summary>
    private bool IsInDomain(string host)
    {
        if (host.Length == _domain.Length) return _includesApex && host == _domain;
        return host.EndsWith(_domain, StringComparison.Ordinal) && host[^(_domain.Length + 1)] == '.';
    }
}
