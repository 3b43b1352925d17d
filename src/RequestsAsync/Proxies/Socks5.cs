using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RequestsAsync;

/// <summary>The messages of SOCKS5 (RFC 1928) with user name and password (RFC 1929), made and read without a network.</summary>
internal sealed class Socks5(Proxy proxy)
{
    /// <summary>How long the answers to the greeting and to the credentials are.</summary>
    public const int AnswerLength = 2;

    /// <summary>How much of a reply must be read to know how much more of it there is.</summary>
    public const int ReplyHeadLength = 5;

    private const byte Version = 5;
    private const byte CredentialsVersion = 1;
    private const byte ConnectCommand = 1;
    private const byte Succeeded = 0;

    private const byte NoAuthentication = 0;
    private const byte UserNameAndPassword = 2;
    private const byte NoneAcceptable = 0xFF;

    private const byte Ipv4 = 1;
    private const byte DomainName = 3;
    private const byte Ipv6 = 4;

    /// <summary>Why the credentials cannot be sent, or <see langword="null"/>.</summary>
    public static string? Problem(UserCredentials credentials) =>
        Fits(credentials.UserName) && Fits(credentials.Password) ? null : "SOCKS5 takes 1 to 255 bytes of UTF-8 for each of user name and password (RFC 1929 §2)";

    /// <summary>The first message: by which methods this side can log in.</summary>
    public byte[] Greeting() => proxy.Credentials is null ? [Version, 1, NoAuthentication] : [Version, 2, NoAuthentication, UserNameAndPassword];

    /// <summary>Whether the proxy wants to see the credentials.</summary>
    /// <param name="choice">The answer to the greeting; shorter than <see cref="AnswerLength"/> if the connection closed.</param>
    /// <exception cref="ProxyException">It is no answer, or none of the methods will do.</exception>
    public bool WantsCredentials(ReadOnlySpan<byte> choice)
    {
        Socks.Check(proxy, choice, AnswerLength, Version);
        return choice[1] switch
        {
            NoAuthentication => false,
            UserNameAndPassword when proxy.Credentials is not null => true,
            NoneAcceptable when proxy.Credentials is null => throw Socks.Refused(proxy, "it asks for credentials. Set Proxy.Auth"),
            NoneAcceptable => throw Socks.Refused(proxy, "it accepts neither user name and password nor a client without them"),
            byte other => throw new ProxyException($"the SOCKS proxy {proxy} chose a method of authentication that it was not offered (0x{other:X2})."),
        };
    }

    /// <summary>User name and password.</summary>
    public byte[] Credentials()
    {
        byte[] userName = Encoding.UTF8.GetBytes(proxy.Credentials!.UserName);
        byte[] password = Encoding.UTF8.GetBytes(proxy.Credentials.Password);
        return [CredentialsVersion, (byte)userName.Length, .. userName, (byte)password.Length, .. password];
    }

    /// <summary>Reads what the proxy says to the credentials.</summary>
    /// <param name="verdict">Its answer; shorter than <see cref="AnswerLength"/> if the connection closed.</param>
    /// <exception cref="ProxyException">It does not accept them.</exception>
    public void CheckVerdict(ReadOnlySpan<byte> verdict)
    {
        // The version that stands before it differs among servers; as curl does, only what is decided counts.
        if (verdict.Length < AnswerLength) throw Socks.Closed(proxy);
        if (verdict[1] != Succeeded) throw Socks.Refused(proxy, "it does not accept the user name and password");
    }

    /// <summary>The request for a connection.</summary>
    /// <exception cref="ProxyException">The target's name is too long.</exception>
    public byte[] Connect(EndPoint target)
    {
        (byte[] address, int port) = target switch
        {
            IPEndPoint ip => (AddressOf(ip.Address), ip.Port),
            DnsEndPoint name => (AddressOf(name.Host), name.Port),
            _ => throw new ArgumentException($"{target} is neither an address nor a name.", nameof(target)),
        };
        return [Version, ConnectCommand, 0, .. address, (byte)(port >> 8), (byte)port];
    }

    /// <summary>Why the proxy does not connect, or <see langword="null"/> if it did.</summary>
    /// <param name="head">The beginning of the reply; shorter than <see cref="ReplyHeadLength"/> if the connection closed.</param>
    /// <exception cref="ProxyException">It is no reply, or not enough of one.</exception>
    public string? Refusal(ReadOnlySpan<byte> head)
    {
        // A reply that refuses may be cut: why it does is in its second byte.
        if (head is [Version, not Succeeded and var code, ..]) return Words(code);

        Socks.Check(proxy, head, ReplyHeadLength, Version);
        return null;
    }

    /// <summary>How many bytes follow the head of a reply: the rest of the address that the proxy connects from, and the port.</summary>
    /// <exception cref="ProxyException">The address is of no known type.</exception>
    public int RestOfReply(ReadOnlySpan<byte> head)
    {
        int address = head[3] switch
        {
            Ipv4 => 4 - 1,
            Ipv6 => 16 - 1,
            DomainName => head[4],
            byte other => throw new ProxyException($"the SOCKS proxy {proxy} sent a reply with an address of no known type (0x{other:X2})."),
        };
        return address + sizeof(ushort);
    }

    private static bool Fits(string text) => Encoding.UTF8.GetByteCount(text) is >= 1 and <= byte.MaxValue;

    private static byte[] AddressOf(IPAddress address) => [address.AddressFamily == AddressFamily.InterNetwork ? Ipv4 : Ipv6, .. address.GetAddressBytes()];

    private byte[] AddressOf(string host)
    {
        byte[] name = Socks.NameOf(proxy, host);
        return [DomainName, (byte)name.Length, .. name];
    }

    // RFC 1928 §6
    private static string Words(byte code) => code switch
    {
        1 => "general failure",
        2 => "its rules do not allow the connection",
        3 => "network unreachable",
        4 => "host unreachable",
        5 => "connection refused",
        6 => "the time to live ran out on the way",
        7 => "it makes no connections (command not supported)",
        8 => "address type not supported",
        _ => $"for a reason of its own (0x{code:X2})",
    };
}
