
namespace RequestsAsync.Tests;

public sealed class DigestAlgorithmTests
{
    [Theory]
    [InlineData("MD5", "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData("md5-SESS", "900150983cd24fb0d6963f7d28e17f72")]
    [InlineData("SHA-256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("SHA-512-256", "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23")]
    [InlineData("SHA-512", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f")]
    public async Task Known_algorithms_hash_texts_and_streams(string name, string expected)
    {
        DigestAlgorithm algorithm = DigestAlgorithm.Find(name)!;
        Assert.Equal(expected, algorithm.Hash("abc"));
        Assert.Equal(expected, await algorithm.HashAsync(Body.FromText("abc"), blocking: false, CancellationToken.None));
        Assert.Equal(name.EndsWith("-sess", StringComparison.OrdinalIgnoreCase), algorithm.IsSession);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SHA")]
    [InlineData("SHA-1")]
    [InlineData("MD5-")]
    [InlineData("SHA-512-256-sess-sess")]
    public void Others_are_unknown(string name) => Assert.Null(DigestAlgorithm.Find(name));
}
