using FsCheck;
using FsCheck.Fluent;

namespace RequestsAsync.Tests;

public sealed class NoProxyTests
{
    [Theory]
    // Domains end at labels.
    [InlineData("example.com", "example.com", true)]
    [InlineData("example.com", "EXAMPLE.com.", true)]
    [InlineData("Example.COM.", "www.example.com", true)]
    [InlineData("example.com", "nonexample.com", false)]
    [InlineData("example.com", "example.com.org", false)]
    [InlineData(".example.com", "example.com", true)]
    [InlineData(".example.com", "www.example.com", true)]
    [InlineData(".example.com", "nonexample.com", false)]
    [InlineData("*.example.com", "www.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*example.com", "www.example.com", false)]
    [InlineData("bücher.example", "xn--bcher-kva.example", true)]
    [InlineData("xn--bcher-kva.example", "www.BÜCHER.example", true)]
    // Lists.
    [InlineData("", "example.com", false)]
    [InlineData(" , ,", "example.com", false)]
    [InlineData("a.org,,  b.org\tc.org", "c.org", true)]
    [InlineData("*", "example.com", true)]
    [InlineData("a.org, *", "[::1]", true)]
    [InlineData(".", "example.com", false)]
    [InlineData("localhost", "localhost", true)]
    [InlineData("example.com", "localhost", false)]
    [InlineData("example.com", "127.0.0.1", false)]
    // Addresses.
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("1.2.3", "10.1.2.3", false)]
    [InlineData("2.3", "10.1.2.3", false)]
    [InlineData("10.1", "10.0.0.1", false)]
    [InlineData("::1", "[::1]", true)]
    [InlineData("[::1]", "0:0::1", true)]
    [InlineData("[::1]", "[::2]", false)]
    [InlineData("::ffff:10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "[::ffff:10.1.2.3]", true)]
    // Networks.
    [InlineData("10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("10.1.2.3/30", "10.1.2.1", true)]
    [InlineData("10.1.2.3/31", "10.1.2.1", false)]
    [InlineData("0.0.0.0/0", "10.1.2.1", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("10.0.0.0/33", "10.0.0.0", false)]
    [InlineData("10.0.0.0/-1", "10.0.0.0", false)]
    [InlineData("10.0.0.0/+8", "10.0.0.0", false)]
    [InlineData("10.0.0.0/", "10.0.0.0", false)]
    [InlineData("10.0.0.0/8/8", "10.0.0.0", false)]
    [InlineData("example.com/8", "example.com", false)]
    [InlineData("10.0.0.0/8", "10.example.com", false)]
    [InlineData("fd00::/8", "[fdff::1]", true)]
    [InlineData("[fd00::]/8", "fe00::1", false)]
    [InlineData("2001:db8::/33", "2001:db8:7fff::", true)]
    [InlineData("2001:db8::/33", "2001:db8:8000::", false)]
    [InlineData("::ffff:10.0.0.0/104", "10.1.2.3", true)]
    [InlineData("::ffff:10.0.0.0/95", "10.1.2.3", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    // Hosts that are none.
    [InlineData("localhost", "localhost\n", false)]
    [InlineData("", "", true)]
    [InlineData("é..", "é..", true)]
    public void Host_is_matched(string list, string host, bool expected) => Assert.Equal(expected, NoProxy.Parse(list).Bypasses("http", host, 80));

    [Theory]
    [InlineData("example.com:8080", "example.com", 8080, true)]
    [InlineData("example.com:8080", "www.example.com", 8080, true)]
    [InlineData("example.com:8080", "example.com", 80, false)]
    [InlineData("example.com", "example.com", 8080, true)]
    [InlineData("10.1.2.3:81", "10.1.2.3", 81, true)]
    [InlineData("10.1.2.3:81", "10.1.2.3", 80, false)]
    [InlineData("[::1]:81", "::1", 81, true)]
    [InlineData("[::1]:81", "::1", 80, false)]
    [InlineData("*:81", "example.com", 81, true)]
    [InlineData("*:81", "example.com", 80, false)]
    [InlineData("example.com:", "example.com", 80, false)]
    [InlineData("example.com:http", "example.com", 80, false)]
    [InlineData("example.com:65616", "example.com", 80, false)]
    public void Port_of_an_entry_must_be_that_of_the_request(string list, string host, int port, bool expected) =>
        Assert.Equal(expected, NoProxy.Parse(list).Bypasses("http", host, port));

    [Theory]
    [InlineData("https://example.com", "https", true)]
    [InlineData("HTTPS://example.com/", "https", true)]
    [InlineData("https://example.com", "http", false)]
    public void Scheme_of_an_entry_must_be_that_of_the_request(string list, string scheme, bool expected) =>
        Assert.Equal(expected, NoProxy.Parse(list).Bypasses(scheme, "example.com", 443));

    [Fact]
    public void No_text_makes_it_throw() =>
        Prop.ForAll(
            Fragments.Of("10.0.0.0", "::1", "::ffff:", "/", "8", ":", "[", "]", "*", ".", ",", " ", "example.com", "://", "https", "é", "%"),
            Fragments.Of("10.0.0.1", "::1", "[", "]", ".", "example.com", "é", "%", "xn--"),
            (list, host) => { NoProxy.Parse(list).Bypasses("http", host, 80); }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_domain_is_matched_by_itself_and_never_by_a_longer_label() =>
        Prop.ForAll(
            Gen.Choose('a', 'z').Select(c => (char)c).NonEmptyListOf().Select(letters => new string([.. letters])).ToArbitrary(),
            label =>
            {
                NoProxy list = NoProxy.Parse(label + ".example");
                return list.Bypasses("http", label + ".example", 80)
                    && list.Bypasses("http", "www." + label + ".example", 80)
                    && !list.Bypasses("http", "x" + label + ".example", 80);
            }).QuickCheckThrowOnFailure();
}
