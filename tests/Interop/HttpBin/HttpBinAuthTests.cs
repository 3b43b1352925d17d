namespace RequestsAsync.Interop;

/// <summary>Authentication as httpbin checks it; its Digest fails at a URL with a query (httpbin 0.7 adds bytes to text there).</summary>
[Collection(nameof(HttpBinCollection))]
public sealed class HttpBinAuthTests(HttpBinServer server)
{
    [Theory]
    [InlineData("auth", "MD5")]
    [InlineData("auth", "SHA-256")]
    [InlineData("auth", "SHA-512")]
    [InlineData("auth-int", "MD5")]
    [InlineData("auth-int", "SHA-256")]
    [InlineData("auth-int", "SHA-512")]
    public async Task A_digest_answer_is_accepted(string qop, string algorithm)
    {
        SessionOptions options = new() { Auth = Auth.Digest("user", "pass") };
        Sendings sendings = Sendings.Watch(options, "Authorization");
        await using Session session = new(options);

        Response response = await GetAsync(session, server.Url($"/digest-auth/{qop}/user/pass/{algorithm}"));

        Assert.Equal(200, response.StatusCode);
        Assert.Equal(2, sendings.Count);
        Assert.Contains($"algorithm={algorithm},", sendings[1], StringComparison.Ordinal);
        Assert.Contains($"qop={qop},", sendings[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_not_tried_again()
    {
        SessionOptions options = new() { Auth = Auth.Digest("user", "wrong") };
        Sendings sendings = Sendings.Watch(options, "Authorization");
        await using Session session = new(options);

        Response response = await GetAsync(session, server.Url("/digest-auth/auth/user/pass"));

        Assert.Equal(401, response.StatusCode);
        Assert.Equal(2, sendings.Count);
    }

    [Fact]
    public async Task User_name_and_password_in_the_url_are_sent_as_basic()
    {
        await using Session session = new();
        string url = server.Url("/basic-auth/user/p%40ss");

        Response refused = await GetAsync(session, url);
        Response accepted = await GetAsync(session, url.Replace("://", "://user:p%40ss@", StringComparison.Ordinal));

        Assert.Equal(401, refused.StatusCode);
        Assert.Equal(200, accepted.StatusCode);
        Assert.Equal("user", accepted.Json().GetProperty("user").GetString());
    }

    private static Task<Response> GetAsync(Session session, string url) => session.GetAsync(url, cancellationToken: TestContext.Current.CancellationToken);
}
