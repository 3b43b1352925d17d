using System.Net;

namespace RequestsAsync.Interop;

/// <summary>Digest authentication as squid checks it, which knows MD5 only.</summary>
public sealed class SquidDigestTests(SquidServer proxy, NginxServer origin) : IClassFixture<SquidServer>, IClassFixture<NginxServer>
{
    [Fact]
    public async Task An_answer_is_accepted()
    {
        string url = origin.Url("/plain.txt");
        using DigestClient client = new(SquidServer.UserName, SquidServer.Password, proxy.Address);

        using HttpResponseMessage response = await GetAsync(client, url);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(NginxServer.Plain, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("MD5", client.Session?.Algorithm.Name);
        Assert.Equal(2, client.Sent);
    }

    [Fact]
    public async Task A_second_request_is_answered_unasked()
    {
        string url = origin.Url("/plain.txt");
        using DigestClient client = new(SquidServer.UserName, SquidServer.Password, proxy.Address);

        using HttpResponseMessage first = await GetAsync(client, url);
        using HttpResponseMessage second = await GetAsync(client, url);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(3, client.Sent);
    }

    [Fact]
    public async Task A_wrong_password_is_not_tried_again()
    {
        string url = origin.Url("/plain.txt");
        using DigestClient client = new(SquidServer.UserName, "wrong", proxy.Address);

        using HttpResponseMessage response = await GetAsync(client, url);

        Assert.Equal(HttpStatusCode.ProxyAuthenticationRequired, response.StatusCode);
        Assert.Equal(2, client.Sent);
    }

    private static Task<HttpResponseMessage> GetAsync(DigestClient client, string url) =>
        client.SendAsync(HttpMethod.Get, url, body: null, TestContext.Current.CancellationToken);
}
