using System.Globalization;
using System.Net;

namespace RequestsAsync;

/// <summary>Addresses that were named by hand instead of being looked up, as with curl's <c>--resolve</c>.</summary>
internal sealed class HostOverrides
{
    private const string Everything = "*";
    private const int AnyPort = -1;

    private readonly Dictionary<(string Host, int Port), IPAddress[]> _addresses = [];

    /// <summary>Reads the option.</summary>
    /// <exception cref="InvalidRequestException">A key is no host, or a value no address.</exception>
    public HostOverrides(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> hosts)
    {
        foreach ((string key, IReadOnlyList<string> addresses) in hosts)
            _addresses[ParseKey(key)] = ParseAddresses(key, addresses);
    }

    /// <summary>The addresses named for a host, or <see langword="null"/>. The host counts before the asterisk, with its port before without.</summary>
    /// <param name="host">The host as URLs have it, without the brackets of IPv6.</param>
    /// <param name="port">The port.</param>
    public IPAddress[]? Find(string host, int port)
    {
        if (_addresses.Count == 0) return null;

        host = WithoutRoot(host);
        return Get(host, port) ?? Get(host, AnyPort) ?? Get(Everything, port) ?? Get(Everything, AnyPort);
    }

    private IPAddress[]? Get(string host, int port) => _addresses.GetValueOrDefault((host, port));

    private static string WithoutRoot(string host) => host.EndsWith('.') ? host[..^1] : host;

    private static (string Host, int Port) ParseKey(string key)
    {
        int colon = key.LastIndexOf(':');
        if (colon <= key.LastIndexOf(']')) return (ParseHost(key, key), AnyPort);

        if (!ushort.TryParse(key.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
            throw new InvalidRequestException($"Hosts names '{key}': what follows the colon is no port.");
        return (ParseHost(key[..colon], key), port);
    }

    // As in URLs, so that both are spelled the same: lower case, IDNA, short IPv6.
    private static string ParseHost(string host, string key)
    {
        if (host == Everything) return host;

        UrlBuilder text = new(stackalloc char[256]);
        try
        {
            string? problem = host.Length == 0 ? "The host is empty." : HostParser.Write(host, ref text);
            if (problem is not null)
                throw new InvalidRequestException($"Hosts names '{key}', which is neither a host nor host:port (IPv6 stands in brackets). {problem}");
            return WithoutRoot(text.Written.Trim("[]").ToString());
        }
        finally
        {
            text.Dispose();
        }
    }

    private static IPAddress[] ParseAddresses(string key, IReadOnlyList<string> texts)
    {
        if (texts is not { Count: > 0 }) throw new InvalidRequestException($"Hosts names no address for '{key}'.");

        var addresses = new IPAddress[texts.Count];
        for (int i = 0; i < addresses.Length; i++)
        {
            if (!AddressLiteral.TryParse(texts[i], out IPAddress? address))
                throw new InvalidRequestException($"Hosts names '{texts[i]}' for '{key}', which is no IP address.");
            addresses[i] = address;
        }

        return addresses;
    }
}
