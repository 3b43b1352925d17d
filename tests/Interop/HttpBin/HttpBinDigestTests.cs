using System.Net;

namespace RequestsAsync.Interop;

/// <summary>Digest authentication as httpbin checks it, which fails at a URL with a query (httpbin 0.7 adds bytes to text there).</summary>
[Collection(nameof(HttpBinCollection))]
public sealed class HttpBinDigestTests(HttpBinServer server)
{
    [Theory]
    [InlineData("auth", "MD5")]
    [InlineData("auth", "SHA-256")]
    [InlineData("auth", "SHA-512")]
    [InlineData("auth-int", "MD5")]
    [InlineData("auth-int", "SHA-256")]
    [InlineData("auth-int", "SHA-512")]
    public async Task An_answer_is_accepted(string qop, string algorithm)
    {
        using DigestClient client = new("user", "pass");

        using HttpResponseMessage response = await client.SendAsync(
            HttpMethod.Get, server.Url($"/digest-auth/{qop}/user/pass/{algorithm}"), body: null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(algorithm, client.Session?.Algorithm.Name);
        Assert.Contains($"qop={qop},", client.LastAnswer, StringComparison.Ordinal);
        Assert.Equal(2, client.Sent);
    }

    [Fact]
    public async Task A_wrong_password_is_not_tried_again()
    {
        using DigestClient client = new("user", "wrong");

        using HttpResponseMessage response = await client.SendAsync(
            HttpMethod.Get, server.Url("/digest-auth/auth/user/pass"), body: null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(2, client.Sent);
    }
}
