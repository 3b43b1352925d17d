using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class AddressPolicyPropertyTests
{
    // Half of them near the borders of networks, where a wrong prefix length shows.
    private static readonly Arbitrary<byte[]> Ipv4 = Gen.OneOf(
        ArbMap.Default.GeneratorFor<byte>().ArrayOf(4),
        Gen.Elements<byte>(0, 1, 10, 63, 64, 100, 127, 128, 168, 169, 172, 192, 198, 223, 224, 240, 254, 255).ArrayOf(4)).ToArbitrary();

    [Fact]
    public void An_IPv4_address_inside_IPv6_is_judged_as_itself() =>
        Prop.ForAll(Ipv4, bytes =>
        {
            IPAddress address = new(bytes);
            bool isPublic = AddressPolicy.PublicOnly.Allows(address);
            return Allows(address.MapToIPv6()) == isPublic
                && Allows(IPAddress.Parse($"64:ff9b::{address}")) == isPublic
                && Allows(new([0x20, 0x02, .. bytes, .. new byte[10]])) == isPublic;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_IPv6_only_global_unicast_and_wrapped_IPv4_are_public() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<byte>().ArrayOf(16).ToArbitrary(), bytes =>
        {
            IPAddress address = new(bytes);
            bool mayBePublic = bytes[0] >> 5 == 1 || address.IsIPv4MappedToIPv6 || address.ToString().StartsWith("64:ff9b::", StringComparison.Ordinal);
            return mayBePublic || !Allows(address);
        }).QuickCheckThrowOnFailure();

    private static bool Allows(IPAddress address) => AddressPolicy.PublicOnly.Allows(address);
}
