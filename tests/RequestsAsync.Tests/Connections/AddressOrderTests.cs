using System.Net;
using System.Net.Sockets;

namespace RequestsAsync.Tests;

public sealed class AddressOrderTests
{
    [Theory]
    [InlineData("", 1, "")]
    [InlineData("10.0.0.1", 1, "10.0.0.1")]
    [InlineData("::1", 1, "::1")]
    [InlineData("10.0.0.1 ::1", 1, "::1 10.0.0.1")]
    [InlineData("10.0.0.1 10.0.0.2 ::1 ::2", 1, "::1 10.0.0.1 ::2 10.0.0.2")]
    [InlineData("::1 ::2 ::3 10.0.0.1", 1, "::1 10.0.0.1 ::2 ::3")]
    [InlineData("::1 10.0.0.1 10.0.0.2 10.0.0.3", 1, "::1 10.0.0.1 10.0.0.2 10.0.0.3")]
    [InlineData("10.0.0.1 10.0.0.2 ::1 ::2 ::3", 2, "::1 ::2 10.0.0.1 ::3 10.0.0.2")]
    [InlineData("10.0.0.1 10.0.0.2 ::1", 2, "::1 10.0.0.1 10.0.0.2")]
    public void Families_take_turns_IPv6_first(string given, int firstFamilyCount, string expected) =>
        Assert.Equal(expected, string.Join(' ', AddressOrder.Of(Parse(given), only: null, firstFamilyCount).AsEnumerable()));

    [Fact]
    public void One_family_may_be_the_only_one()
    {
        IPAddress[] given = Parse("10.0.0.1 ::1 10.0.0.2");

        Assert.Equal(Parse("10.0.0.1 10.0.0.2"), AddressOrder.Of(given, AddressFamily.InterNetwork));
        Assert.Equal(Parse("::1"), AddressOrder.Of(given, AddressFamily.InterNetworkV6));
    }

    private static IPAddress[] Parse(string addresses) => [.. addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)];
}
