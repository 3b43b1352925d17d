using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

/// <summary>The messages of SOCKS, byte by byte.</summary>
public sealed class SocksMessageTests
{
    private static readonly EndPoint Name = new DnsEndPoint("a.example", 0x1234);
    private static readonly EndPoint Ipv4 = new IPEndPoint(IPAddress.Parse("192.0.2.7"), 80);
    private static readonly EndPoint Ipv6 = new IPEndPoint(IPAddress.Parse("2001:db8::1"), 65535);

    [Fact]
    public void Socks4_names_an_address_and_a_user()
    {
        Assert.Equal([4, 1, 0, 80, 192, 0, 2, 7, 0], new Socks4("socks4://h").Connect(Ipv4));
        Assert.Equal([4, 1, 0, 80, 192, 0, 2, 7, .. "é"u8, 0], new Socks4("socks4://é:ignored@h").Connect(Ipv4));
        Assert.Equal([4, 1, 0x12, 0x34, 0, 0, 0, 1, .. "me"u8, 0, .. "a.example"u8, 0], new Socks4("socks4a://me@h").Connect(Name));
    }

    [Fact]
    public void Socks5_names_an_address_or_a_host()
    {
        Socks5 socks = new("socks5h://h");

        Assert.Equal([5, 1, 0, 1, 192, 0, 2, 7, 0, 80], socks.Connect(Ipv4));
        Assert.Equal([5, 1, 0, 4, 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 255, 255], socks.Connect(Ipv6));
        Assert.Equal([5, 1, 0, 3, 9, .. "a.example"u8, 0x12, 0x34], socks.Connect(Name));
    }

    [Fact]
    public void Socks5_offers_credentials_where_it_has_some()
    {
        Assert.Equal([5, 1, 0], new Socks5("socks5://h").Greeting());
        Assert.Equal([5, 1, 0], new Socks5(new Proxy("socks5://h") { Auth = Auth.None }).Greeting());
        Assert.Equal([5, 2, 0, 2], new Socks5("socks5://user:pw@h").Greeting());
        Assert.Equal([1, 4, .. "user"u8, 2, .. "é"u8], new Socks5("socks5://user:é@h").Credentials());
    }

    [Fact]
    public void A_name_has_255_bytes_at_most()
    {
        string longest = string.Concat(Enumerable.Repeat("a23456789.", 25)) + "12345";

        Assert.Equal(255, longest.Length);
        Assert.Equal(5 + 255 + 2, new Socks5("socks5h://h").Connect(new DnsEndPoint(longest, 80)).Length);
        Assert.Throws<ProxyException>(() => new Socks5("socks5h://h").Connect(new DnsEndPoint(longest + "6", 80)));
        Assert.Throws<ProxyException>(() => new Socks4("socks4a://h").Connect(new DnsEndPoint(longest + "6", 80)));
    }

    [Theory]
    [InlineData("192.0.2.7", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("0.0.1.0", true)]
    [InlineData("0.0.0.1", false)] // in 4a: a name follows
    [InlineData("::1", false)]
    [InlineData("::ffff:192.0.2.7", false)]
    public void Socks4_can_name_some_addresses(string address, bool expected)
    {
        Assert.Equal(expected, Socks4.CanName(IPAddress.Parse(address)));
        if (expected) return;

        ProxyException e = Assert.Throws<ProxyException>(() => new Socks4("socks4a://h").Connect(new IPEndPoint(IPAddress.Parse(address), 80)));
        Assert.Contains("SOCKS4 knows IPv4 alone", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("005A000000000000", null)]
    [InlineData("005B000000000000", "request rejected or failed")]
    [InlineData("005C000000000000", "it reaches no identd on this machine")]
    [InlineData("005D", "identd on this machine knows the user by another name")]
    [InlineData("0000", "for a reason of its own (0x00)")]
    [InlineData("", "closed")]
    [InlineData("00", "closed")]
    [InlineData("005A0000000000", "closed")]
    [InlineData("045A000000000000", "begins with 0x04")]
    [InlineData("485454502F312E31", "begins with 0x48")]
    public void Socks4_reply_is_read(string reply, string? told) => AssertTold(told, () => new Socks4("socks4://h").Refusal(Convert.FromHexString(reply)));

    [Theory]
    [InlineData("0500", false, null)]
    [InlineData("0500", true, null)]
    [InlineData("0502", true, "wanted")]
    [InlineData("0502", false, "chose a method of authentication that it was not offered (0x02)")]
    [InlineData("0501", true, "chose a method of authentication that it was not offered (0x01)")]
    [InlineData("05FF", false, "refused: it asks for credentials. Set Proxy.Auth.")]
    [InlineData("05FF", true, "refused: it accepts neither user name and password nor a client without them.")]
    [InlineData("05", true, "closed")]
    [InlineData("", true, "closed")]
    [InlineData("4854", true, "begins with 0x48")]
    public void Socks5_choice_is_read(string choice, bool hasCredentials, string? told) =>
        AssertTold(told, () => new Socks5(hasCredentials ? "socks5://user:p@h" : "socks5://h").WantsCredentials(Convert.FromHexString(choice)) ? "wanted" : null);

    [Theory]
    [InlineData("0100", null)]
    [InlineData("0500", null)] // some servers write their own version
    [InlineData("0101", "refused: it does not accept the user name and password.")]
    [InlineData("01", "closed")]
    [InlineData("", "closed")]
    public void Socks5_verdict_is_read(string verdict, string? told) => AssertTold(told, () =>
    {
        new Socks5("socks5://user:p@h").CheckVerdict(Convert.FromHexString(verdict));
        return null;
    });

    [Theory]
    [InlineData("0500000100", null)]
    [InlineData("0501000100", "general failure")]
    [InlineData("0502000100", "its rules do not allow the connection")]
    [InlineData("0503000100", "network unreachable")]
    [InlineData("0504000100", "host unreachable")]
    [InlineData("0505000100", "connection refused")]
    [InlineData("0506000100", "the time to live ran out on the way")]
    [InlineData("0507000100", "it makes no connections (command not supported)")]
    [InlineData("0508000100", "address type not supported")]
    [InlineData("0509000100", "for a reason of its own (0x09)")]
    [InlineData("0504", "host unreachable")]
    [InlineData("0500", "closed")]
    [InlineData("", "closed")]
    [InlineData("0400000100", "begins with 0x04")]
    public void Socks5_reply_is_read(string head, string? told) => AssertTold(told, () => new Socks5("socks5://h").Refusal(Convert.FromHexString(head)));

    [Theory]
    [InlineData("050000017F", 5)]
    [InlineData("0500000420", 17)]
    [InlineData("0500000300", 2)]
    [InlineData("05000003FF", 257)]
    public void Socks5_reply_says_how_long_it_is(string head, int rest) => Assert.Equal(rest, new Socks5("socks5://h").RestOfReply(Convert.FromHexString(head)));

    [Fact]
    public void Socks5_reply_with_an_unknown_type_of_address_is_none() =>
        Assert.Contains("0x02", Assert.Throws<ProxyException>(() => new Socks5("socks5://h").RestOfReply([5, 0, 0, 2, 0])).Message, StringComparison.Ordinal);

    [Fact]
    public void Any_user_name_and_password_that_fit_are_told_apart_again() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyString>(), ArbMap.Default.ArbFor<NonEmptyString>(), (user, password) =>
        {
            UserCredentials credentials = new(user.Get, password.Get);
            if (Socks5.Problem(credentials) is not null || user.Get.Any(c => c == ':' || char.IsControl(c))) return true;

            byte[] message = new Socks5(new Proxy("socks5://h") { Auth = (user.Get, password.Get) }).Credentials();
            byte[] first = message[2..(2 + message[1])];
            byte[] second = message[(3 + message[1])..];
            return message[0] == 1
                && first.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(user.Get))
                && message[2 + first.Length] == second.Length
                && second.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(password.Get));
        }).QuickCheckThrowOnFailure();

    private static void AssertTold(string? told, Func<string?> read)
    {
        string? actual;
        try
        {
            actual = read();
        }
        catch (ProxyException e)
        {
            actual = e.Message;
        }

        if (told is null) Assert.Null(actual);
        else Assert.Contains(told, actual, StringComparison.Ordinal);
    }
}
