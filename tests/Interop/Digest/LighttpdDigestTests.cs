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
        SessionOptions options = Options(LighttpdServer.Password);
        Sendings sendings = Sendings.Watch(options, "Authorization");
        await using Session session = new(options);

        Response response = await GetAsync(session, folder);

        Assert.Equal(200, response.StatusCode);
        Assert.Equal(LighttpdServer.Secret, response.Text);
        Assert.Equal(2, sendings.Count);
        Assert.Contains($"algorithm={algorithm},", sendings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_blocking_call_is_let_in()
    {
        using Session session = new(Options(LighttpdServer.Password));

        Assert.Equal(LighttpdServer.Secret, session.Get(Url("sha256"), cancellationToken: TestContext.Current.CancellationToken).Text);
    }

    [Fact]
    public async Task A_user_name_that_is_asked_for_as_a_hash_is_not_sent()
    {
        SessionOptions options = Options(LighttpdServer.Password);
        Sendings sendings = Sendings.Watch(options, "Authorization");
        await using Session session = new(options);

        Response response = await GetAsync(session, "userhash");

        Assert.Equal(200, response.StatusCode);
        Assert.Contains("userhash=true", sendings[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(LighttpdServer.UserName, sendings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_request_is_answered_unasked()
    {
        SessionOptions options = Options(LighttpdServer.Password);
        Sendings sendings = Sendings.Watch(options, "Authorization");
        await using Session session = new(options);

        await GetAsync(session, "sha256");
        Response second = await GetAsync(session, "sha256");

        Assert.Equal(200, second.StatusCode);
        Assert.Equal(3, sendings.Count);
        Assert.Contains("nc=00000002", sendings[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_not_tried_again()
    {
        SessionOptions options = Options("wrong");
        Sendings sendings = Sendings.Watch(options, "Authorization");
        await using Session session = new(options);

        Response response = await GetAsync(session, "sha256");

        Assert.Equal(401, response.StatusCode);
        Assert.Equal(2, sendings.Count);
    }

    private static SessionOptions Options(string password) => new() { Auth = Auth.Digest(LighttpdServer.UserName, password) };

    private string Url(string folder) => server.Url($"/{folder}/secret.txt?a=b&c");

    private Task<Response> GetAsync(Session session, string folder) => session.GetAsync(Url(folder), cancellationToken: TestContext.Current.CancellationToken);
}
