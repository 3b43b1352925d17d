using System.Net;

namespace RequestsAsync.Tests;

public sealed class AddressPolicyTests
{
    [Theory]
    [InlineData("0.0.0.0", "this network")]
    [InlineData("0.255.255.255", "this network")]
    [InlineData("10.0.0.0", "private use")]
    [InlineData("10.255.255.255", "private use")]
    [InlineData("100.64.0.0", "carrier-grade NAT")]
    [InlineData("100.100.100.200", "carrier-grade NAT")]
    [InlineData("100.127.255.255", "carrier-grade NAT")]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("127.255.255.255", "loopback")]
    [InlineData("168.63.129.16", "Azure")]
    [InlineData("169.254.0.0", "link-local")]
    [InlineData("169.254.169.254", "metadata")]
    [InlineData("169.254.255.255", "link-local")]
    [InlineData("172.16.0.0", "private use")]
    [InlineData("172.31.255.255", "private use")]
    [InlineData("192.0.0.0", "protocol assignments")]
    [InlineData("192.0.0.8", "protocol assignments")]
    [InlineData("192.0.0.11", "protocol assignments")]
    [InlineData("192.0.0.170", "protocol assignments")]
    [InlineData("192.0.0.255", "protocol assignments")]
    [InlineData("192.0.2.0", "documentation")]
    [InlineData("192.0.2.255", "documentation")]
    [InlineData("192.88.99.0", "6to4")]
    [InlineData("192.88.99.255", "6to4")]
    [InlineData("192.168.0.0", "private use")]
    [InlineData("192.168.255.255", "private use")]
    [InlineData("198.18.0.0", "benchmarking")]
    [InlineData("198.19.255.255", "benchmarking")]
    [InlineData("198.51.100.0", "documentation")]
    [InlineData("198.51.100.255", "documentation")]
    [InlineData("203.0.113.0", "documentation")]
    [InlineData("203.0.113.255", "documentation")]
    [InlineData("224.0.0.0", "multicast")]
    [InlineData("239.255.255.255", "multicast")]
    [InlineData("240.0.0.0", "reserved")]
    [InlineData("255.255.255.254", "reserved")]
    [InlineData("255.255.255.255", "broadcast")]
    [InlineData("::", "unspecified")]
    [InlineData("::1", "loopback")]
    [InlineData("::2", "IPv4-compatible")]
    [InlineData("::8.8.8.8", "IPv4-compatible")]
    [InlineData("::ffff:0:8.8.8.8", "not assigned")]
    [InlineData("::1:0:0:1", "not assigned")]
    [InlineData("64:ff9b::127.0.0.1", "stands for 127.0.0.1: loopback")]
    [InlineData("64:ff9b::169.254.169.254", "stands for 169.254.169.254: link-local")]
    [InlineData("64:ff9b:1::", "local translation")]
    [InlineData("64:ff9b:1:ffff:ffff:ffff:808:808", "local translation")]
    [InlineData("64:ff9b::1:808:808", "not assigned")]
    [InlineData("100::", "discarded")]
    [InlineData("100::ffff:ffff:ffff:ffff", "discarded")]
    [InlineData("100:0:0:1::", "not assigned")]
    [InlineData("2001::", "Teredo")]
    [InlineData("2001:0:ffff:ffff:ffff:ffff:ffff:ffff", "Teredo")]
    [InlineData("2001:1::", "protocol assignments")]
    [InlineData("2001:1::4", "protocol assignments")]
    [InlineData("2001:2::1", "protocol assignments")]
    [InlineData("2001:10::1", "protocol assignments")]
    [InlineData("2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "protocol assignments")]
    [InlineData("2001:db8::", "documentation")]
    [InlineData("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "documentation")]
    [InlineData("2002:7f00:1::", "stands for 127.0.0.1: loopback")]
    [InlineData("2002:a00:5::1", "stands for 10.0.0.5: private use")]
    [InlineData("3fff::", "documentation")]
    [InlineData("3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "documentation")]
    [InlineData("4000::", "not assigned")]
    [InlineData("5f00::", "segment routing")]
    [InlineData("5f00:ffff::", "segment routing")]
    [InlineData("fc00::", "private use")]
    [InlineData("fd00:ec2::254", "private use")]
    [InlineData("fdff:ffff::1", "private use")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("fe80::1%1", "link-local")]
    [InlineData("febf:ffff::1", "link-local")]
    [InlineData("fec0::1", "site-local")]
    [InlineData("feff::1", "site-local")]
    [InlineData("ff02::1", "multicast")]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "multicast")]
    public void Special_addresses_are_not_public(string text, string description)
    {
        var address = IPAddress.Parse(text);

        Assert.False(AddressPolicy.PublicOnly.Allows(address));
        Assert.Contains(description, SpecialAddresses.Describe(address), StringComparison.Ordinal);
        Assert.True(AddressPolicy.Any.Allows(address));
    }

    [Theory]
    [InlineData("1.0.0.0")]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("191.255.255.255")]
    [InlineData("192.0.0.9")]
    [InlineData("192.0.0.10")]
    [InlineData("192.0.1.0")]
    [InlineData("192.0.3.0")]
    [InlineData("192.88.98.255")]
    [InlineData("192.88.100.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2001:1::1")]
    [InlineData("2001:1::2")]
    [InlineData("2001:1::3")]
    [InlineData("2001:3::1")]
    [InlineData("2001:4:112::1")]
    [InlineData("2001:20::1")]
    [InlineData("2001:30::1")]
    [InlineData("2001:200::")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2002:808:808::1")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001:81b::200e")]
    [InlineData("3ffe:ffff::1")]
    [InlineData("3fff:1000::")]
    public void Addresses_of_the_Internet_are_public(string text) => Assert.True(AddressPolicy.PublicOnly.Allows(IPAddress.Parse(text)));

    [Fact]
    public void A_custom_policy_sees_mapped_addresses_as_IPv4()
    {
        var policy = AddressPolicy.Custom(address => !address.Equals(IPAddress.Loopback));

        Assert.False(policy.Allows(IPAddress.Parse("::ffff:127.0.0.1")));
        Assert.True(policy.Allows(IPAddress.Parse("::ffff:127.0.0.2")));
    }

    [Fact]
    public void Refused_addresses_are_left_out()
    {
        IPAddress[] addresses = [IPAddress.Parse("::1"), IPAddress.Parse("8.8.8.8"), IPAddress.Parse("10.0.0.5")];

        Assert.Equal([IPAddress.Parse("8.8.8.8")], AddressPolicy.PublicOnly.Filter("host", addresses));
        Assert.Same(addresses, AddressPolicy.Any.Filter("host", addresses));
    }

    [Fact]
    public void The_refusal_names_the_host_and_each_address_and_why()
    {
        BlockedAddressException e = Assert.Throws<BlockedAddressException>(
            () => AddressPolicy.PublicOnly.Filter("inner.example", [IPAddress.Parse("::1"), IPAddress.Parse("10.0.0.5")]));

        Assert.Equal("the address policy refuses the host 'inner.example': ::1 (loopback, RFC 4291), 10.0.0.5 (private use, RFC 1918).", e.Message);
    }

    [Fact]
    public void The_reason_of_a_custom_policy_is_told()
    {
        var policy = AddressPolicy.Custom(_ => false, "outside of the test network");

        BlockedAddressException e = Assert.Throws<BlockedAddressException>(() => policy.Filter("host", [IPAddress.Loopback]));

        Assert.EndsWith("127.0.0.1 (outside of the test network).", e.Message, StringComparison.Ordinal);
    }
}
