namespace RequestsAsync.Tests;

public sealed class PinRulesTests
{
    private const string Zeros = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private const string Slashes = "//////////////////////////////////////////8=";

    [Theory]
    [InlineData("sha256/" + Zeros, "sha256/" + Zeros)]
    [InlineData("sha256//" + Zeros, "sha256/" + Zeros)]
    [InlineData("sha256/" + Slashes, "sha256/" + Slashes)] // base64 may begin with a slash itself
    [InlineData("sha256//" + Slashes, "sha256/" + Slashes)]
    [InlineData("sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=", "sha256/" + Zeros)] // bits that are no byte's
    public void Both_forms_mean_the_same(string pin, string parsed) => Assert.Equal(parsed, PinRules.Parse(pin, "h"));

    [Theory]
    [InlineData("")]
    [InlineData(Zeros)]
    [InlineData("sha256/")]
    [InlineData("sha1/AAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("sha256:" + Zeros)]
    [InlineData("sha256///" + Zeros)]
    [InlineData("sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("sha256/AAAAAAAAAAAAAAAAAAAAA-AAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("sha256/ AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= ")]
    [InlineData("sha256/" + Zeros + ";sha256/" + Zeros)]
    public void Anything_else_is_refused(string pin)
    {
        InvalidRequestException e = Assert.Throws<InvalidRequestException>(() => new PinRules(Rules("api.example", pin)));
        Assert.StartsWith($"The pin '{pin}' of 'api.example' in TlsOptions.Pins is not valid", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_without_pins_is_refused() => Assert.Throws<InvalidRequestException>(() => new PinRules(Rules("api.example")));

    [Fact]
    public void All_rules_that_mean_a_host_apply()
    {
        PinRules rules = new(new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["api.example"] = ["sha256/" + Zeros],
            ["*.example"] = ["sha256/" + Slashes, "sha256/" + Zeros],
        });

        Assert.Equal(["sha256/" + Zeros, "sha256/" + Slashes], rules.Find("api.example"));
        Assert.Equal(2, rules.Find("www.example")!.Count);
        Assert.Null(rules.Find("example"));
    }

    private static Dictionary<string, IReadOnlyList<string>> Rules(string host, params string[] pins) => new(StringComparer.Ordinal) { [host] = pins };
}
