using System.Net.Security;

namespace RequestsAsync.Cli.Tests;

public sealed class CipherNamesTests
{
    [Theory]
    [InlineData("ECDHE-RSA-AES128-GCM-SHA256", TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)]
    [InlineData("ecdhe-ecdsa-chacha20-poly1305", TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256)]
    [InlineData("AES256-SHA", TlsCipherSuite.TLS_RSA_WITH_AES_256_CBC_SHA)]
    [InlineData("DHE-RSA-AES256-SHA256", TlsCipherSuite.TLS_DHE_RSA_WITH_AES_256_CBC_SHA256)]
    [InlineData("ECDHE-ECDSA-AES128-CCM8", null)]
    [InlineData("ECDHE-RSA-CAMELLIA256-SHA384", TlsCipherSuite.TLS_ECDHE_RSA_WITH_CAMELLIA_256_CBC_SHA384)]
    [InlineData("TLS_AES_128_GCM_SHA256", TlsCipherSuite.TLS_AES_128_GCM_SHA256)]
    [InlineData("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256)]
    [InlineData("ECDHE+AESGCM", null)]
    [InlineData("!MD5", null)]
    [InlineData("", null)]
    public void Names_of_both_kinds_are_read(string name, TlsCipherSuite? suite)
    {
        if (suite is { } one) Assert.Equal([one], CipherNames.Parse(name));
        else Assert.Equal(64, Assert.Throws<CommandException>(() => CipherNames.Parse(name)).Code);
    }

    [Fact]
    public void A_list_keeps_its_order() => Assert.Equal(
        [TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_AES_128_GCM_SHA256], CipherNames.Parse("TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256"));
}
