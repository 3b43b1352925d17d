using System.Text;

namespace RequestsAsync;

/// <summary>What the versions of SOCKS have in common, and the words for what goes wrong.</summary>
internal static class Socks
{
    private const int MaxName = 255;

    public static ProxyException Refused(Proxy proxy, string reason) => new($"the SOCKS proxy {proxy} refused: {reason}.");

    public static ProxyException Closed(Proxy proxy, IOException? cause = null) => new($"the SOCKS proxy {proxy} closed the connection instead of answering.", cause);

    public static ProxyException NoAddress(Proxy proxy, object target) =>
        new($"the SOCKS proxy {proxy} cannot be asked for {target}: it has no address that {proxy.Scheme} can name. SOCKS4 knows IPv4 alone, socks5 knows IPv6 too.");

    /// <summary>Checks that a message is of the right version, and whole.</summary>
    /// <exception cref="ProxyException">It is not.</exception>
    public static void Check(Proxy proxy, ReadOnlySpan<byte> message, int length, byte version)
    {
        if (message.Length > 0 && message[0] != version)
            throw new ProxyException($"the SOCKS proxy {proxy} did not answer in {proxy.Scheme}: what came begins with 0x{message[0]:X2}.");
        if (message.Length < length) throw Closed(proxy);
    }

    /// <summary>A host name for the proxy to resolve. It is ASCII, as the host of a <see cref="Url"/> is.</summary>
    /// <exception cref="ProxyException">It is too long: SOCKS5 has one byte for the length, and DNS knows no longer ones.</exception>
    public static byte[] NameOf(Proxy proxy, string host) => host.Length <= MaxName
        ? Encoding.ASCII.GetBytes(host)
        : throw new ProxyException($"the SOCKS proxy {proxy} cannot be told a host name of {host.Length} characters. The most are {MaxName}.");
}
