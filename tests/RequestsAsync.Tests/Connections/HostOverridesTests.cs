using System.Net;

namespace RequestsAsync.Tests;

public sealed class HostOverridesTests
{
    [Theory]
    [InlineData("api.example", 443, "10.0.0.1")]
    [InlineData("api.example.", 443, "10.0.0.1")]
    [InlineData("api.example", 8443, "10.0.0.2")]
    [InlineData("API.example", 443, "10.0.0.9")] // the host of a URL is in lower case
    [InlineData("xn--bcher-kva.example", 80, "10.0.0.3")]
    [InlineData("::1", 80, "10.0.0.4")]
    [InlineData("::1", 81, "10.0.0.5")]
    [InlineData("other.example", 8443, "10.0.0.8")]
    [InlineData("other.example", 80, "10.0.0.9")]
    [InlineData("10.9.9.9", 80, "10.0.0.9")]
    public void The_host_counts_before_the_asterisk_and_the_port_before_none(string host, int port, string expected)
    {
        HostOverrides overrides = new(new Dictionary<string, IReadOnlyList<string>>
        {
            ["Api.Example"] = ["10.0.0.1"],
            ["api.example.:8443"] = ["10.0.0.2"],
            ["bücher.example"] = ["10.0.0.3"],
            ["[0:0:0:0:0:0:0:1]"] = ["10.0.0.4"],
            ["[::1]:81"] = ["10.0.0.5"],
            ["*:8443"] = ["10.0.0.8"],
            ["*"] = ["10.0.0.9"],
        });

        Assert.Equal([IPAddress.Parse(expected)], overrides.Find(host, port));
    }

    [Fact]
    public void A_host_that_is_not_named_is_looked_up() =>
        Assert.Null(new HostOverrides(new Dictionary<string, IReadOnlyList<string>> { ["a.example:80"] = ["10.0.0.1"] }).Find("a.example", 81));

    [Theory]
    [InlineData("a.example", "10.0.0.1 ::1 [::2] ::ffff:10.0.0.2", "10.0.0.1 ::1 ::2 10.0.0.2")]
    [InlineData("a.example", "fe80::1%1", "fe80::1%1")]
    public void Addresses_may_be_of_both_families(string key, string given, string expected) =>
        Assert.Equal(expected, string.Join(' ', new HostOverrides([new(key, given.Split(' '))]).Find(key, 80)!.AsEnumerable()));

    [Theory]
    [InlineData("", "10.0.0.1", "The host is empty")]
    [InlineData(":80", "10.0.0.1", "The host is empty")]
    [InlineData("a b", "10.0.0.1", "neither a host nor host:port")]
    [InlineData("a/b", "10.0.0.1", "neither a host nor host:port")]
    [InlineData("::1", "10.0.0.1", "IPv6 stands in brackets")]
    [InlineData("a:99999", "10.0.0.1", "no port")]
    [InlineData("a:", "10.0.0.1", "no port")]
    [InlineData("a", "", "no address for 'a'")]
    [InlineData("a", "b.example", "'b.example' for 'a', which is no IP address")]
    [InlineData("a", "127.1", "no IP address")]
    [InlineData("a", "10.0.0.1:80", "no IP address")]
    [InlineData("a", "10.0.0.1 1", "no IP address")]
    public void Mistakes_are_told(string key, string addresses, string problem)
    {
        ConnectionOptions options = new() { Hosts = { [key] = addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries) } };

        Assert.Contains(problem, Assert.Throws<InvalidRequestException>(options.Check).Message, StringComparison.Ordinal);
    }
}
