using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RequestsAsync;

/// <summary>The messages of SOCKS4 and its extension 4a, made and read without a network.</summary>
/// <remarks>By the protocol descriptions of Ying-Da Lee, "SOCKS: A protocol for TCP proxy across firewalls" and "SOCKS 4A: A Simple Extension to SOCKS 4 Protocol".</remarks>
internal sealed class Socks4(Proxy proxy)
{
    /// <summary>How long the whole reply is.</summary>
    public const int ReplyLength = 8;

    private const byte Version = 4;
    private const byte ReplyVersion = 0;
    private const byte ConnectCommand = 1;
    private const byte Granted = 90;
    private const int MaxUserId = 255;

    private readonly byte[] _userId = Encoding.UTF8.GetBytes(proxy.Credentials?.UserName ?? "");

    /// <summary>Why the user name cannot be a user id, or <see langword="null"/>.</summary>
    public static string? Problem(UserCredentials credentials)
    {
        if (credentials.UserName.Contains('\0', StringComparison.Ordinal)) return "a user id ends at a NUL character, and this one holds one";

        // The protocol has no limit, servers do; curl has this one.
        return Encoding.UTF8.GetByteCount(credentials.UserName) > MaxUserId ? $"a user id has at most {MaxUserId} bytes" : null;
    }

    /// <summary>Whether the protocol can name that address: IPv4, and not 0.0.0.1 to 0.0.0.255, by which 4a says that a name follows.</summary>
    public static bool CanName(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is not [0, 0, 0, > 0];

    /// <summary>The request for a connection.</summary>
    /// <exception cref="ProxyException">The target has an address that the protocol cannot name, or a name that is too long.</exception>
    public byte[] Connect(EndPoint target) => target switch
    {
        IPEndPoint { Address: var address, Port: var port } when CanName(address) =>
            [Version, ConnectCommand, (byte)(port >> 8), (byte)port, .. address.GetAddressBytes(), .. _userId, 0],
        DnsEndPoint { Host: var host, Port: var port } =>
            [Version, ConnectCommand, (byte)(port >> 8), (byte)port, 0, 0, 0, 1, .. _userId, 0, .. Socks.NameOf(proxy, host), 0],
        _ => throw Socks.NoAddress(proxy, target),
    };

    /// <summary>Why the proxy does not connect, or <see langword="null"/> if it did.</summary>
    /// <param name="reply">The reply; shorter than <see cref="ReplyLength"/> if the connection closed.</param>
    /// <exception cref="ProxyException">It is no reply, or not a whole one.</exception>
    public string? Refusal(ReadOnlySpan<byte> reply)
    {
        // A reply that refuses may be cut: why it does is in its second byte.
        if (reply is [ReplyVersion, not Granted and var code, ..]) return Words(code);

        Socks.Check(proxy, reply, ReplyLength, ReplyVersion);
        return null;
    }

    private static string Words(byte code) => code switch
    {
        91 => "request rejected or failed",
        92 => "it reaches no identd on this machine",
        93 => "identd on this machine knows the user by another name",
        _ => $"for a reason of its own (0x{code:X2})",
    };
}
