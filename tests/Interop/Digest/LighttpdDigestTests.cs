using System.Net;

namespace RequestsAsync.Interop;

/// <summary>Digest authentication as lighttpd checks it.</summary>
public sealed class LighttpdDigestTests(LighttpdServer server) : IClassFixture<LighttpdServer>
{
    [Theory]
    [InlineData("md5", "MD5")]
    [InlineData("sha256", "SHA-256")]
    [InlineData("both", "SHA-256")]
    [InlineData("userhash", "SHA-256")]
    public async Task An_answer_is_accepted(string folder, string algorithm)
    {
        using DigestClient client = new(LighttpdServer.UserName, LighttpdServer.Password);

        using HttpResponseMessage response = await GetAsync(client, folder);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(LighttpdServer.Secret, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(algorithm, client.Session?.Algorithm.Name);
        Assert.Equal(2, client.Sent);
    }

    [Fact]
    public async Task A_user_name_that_is_asked_for_as_a_hash_is_not_sent()
    {
        using DigestClient client = new(LighttpdServer.UserName, LighttpdServer.Password);

        using HttpResponseMessage response = await GetAsync(client, "userhash");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("userhash=true", client.LastAnswer, StringComparison.Ordinal);
        Assert.DoesNotContain(LighttpdServer.UserName, client.LastAnswer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_request_is_answered_unasked()
    {
        using DigestClient client = new(LighttpdServer.UserName, LighttpdServer.Password);

        using HttpResponseMessage first = await GetAsync(client, "sha256");
        using HttpResponseMessage second = await GetAsync(client, "sha256");

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(3, client.Sent);
        Assert.Contains("nc=00000002", client.LastAnswer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_not_tried_again()
    {
        using DigestClient client = new(LighttpdServer.UserName, "wrong");

        using HttpResponseMessage response = await GetAsync(client, "sha256");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(2, client.Sent);
    }

    private Task<HttpResponseMessage> GetAsync(DigestClient client, string folder) =>
        client.SendAsync(HttpMethod.Get, server.Url($"/{folder}/secret.txt?a=b&c"), body: null, TestContext.Current.CancellationToken);
}
