namespace RequestsAsync.Tests;

public sealed class TlsHostTests
{
    [Theory]
    [InlineData("api.example", "api.example", true)]
    [InlineData("api.example", "API.Example", true)]
    [InlineData("API.example.", "api.example", true)]
    [InlineData("api.example", "api.example.", true)]
    [InlineData("bücher.example", "xn--bcher-kva.example", true)]
    [InlineData("example", "api.example", false)]
    [InlineData("*.example", "api.example", true)]
    [InlineData("*.example", "a.b.example", true)]
    [InlineData("*.example", "example", false)]
    [InlineData("*.example", "badexample", false)]
    [InlineData("*.EXAMPLE", "api.example", true)]
    [InlineData("*", "api.example", true)]
    [InlineData("*", "[::1]", true)]
    [InlineData("10.0.0.5", "10.0.0.5", true)]
    [InlineData("::1", "[::1]", true)]
    [InlineData("[0:0::1]", "[::1]", true)]
    [InlineData("::ffff:102:304", "[::ffff:1.2.3.4]", true)]
    [InlineData("::FFFF:1.2.3.4", "::ffff:102:304", true)]
    public void Patterns_mean_hosts(string pattern, string host, bool matches) =>
        Assert.Equal(matches, TlsHost.Matches(TlsHost.ParsePattern(pattern, PinRules.Option), TlsHost.Normalize(host)));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("*.")]
    [InlineData("*.*")]
    [InlineData("a.*.example")]
    [InlineData("*example")]
    [InlineData("*.10.0.0.5")]
    [InlineData("*.::1")]
    [InlineData("api.example:8443")]
    [InlineData("https://api.example")]
    [InlineData("api.example/path")]
    [InlineData("user@api.example")]
    [InlineData("api.example?")]
    [InlineData("256.256.256.256")]
    public void What_is_no_host_is_refused(string pattern)
    {
        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => TlsHost.ParsePattern(pattern, PinRules.Option));
        Assert.StartsWith($"'{pattern}' in TlsOptions.Pins is no host.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_no_pattern() => Assert.Throws<InvalidRequestException>(() => TlsHost.Parse("*.example", "TlsOptions.ServerNames"));
}
