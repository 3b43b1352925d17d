using System.Text.Json;

namespace RequestsAsync.Testing.Tests;

public sealed class OAuthTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private HttpBin? _bin;
    private Session? _session;

    /// <summary>Form as it is sent, the client by Basic or nothing, and the error.</summary>
    public static TheoryData<string, string?, int, string> Refused => new()
    {
        { "", "client:secret", 400, "invalid_request" },
        { "grant_type=", "client:secret", 400, "invalid_request" },
        { "grant_type=client_credentials&grant_type=password", "client:secret", 400, "invalid_request" },
        { "grant_type=client_credentials&client_secret=secret", "client:secret", 400, "invalid_request" },
        { "grant_type=client_credentials&client_id=other", "client:secret", 400, "invalid_request" },
        { "grant_type=client_credentials", "client:wrong", 401, "invalid_client" },
        { "grant_type=client_credentials", "other:secret", 401, "invalid_client" },
        { "grant_type=client_credentials", null, 401, "invalid_client" },
        { "grant_type=client_credentials&client_id=client", null, 401, "invalid_client" },
        { "grant_type=authorization_code&code=1", "client:secret", 400, "unsupported_grant_type" },
        { "grant_type=password&username=user", "client:secret", 400, "invalid_request" },
        { "grant_type=password&username=user&password=wrong", "client:secret", 400, "invalid_grant" },
        { "grant_type=password&username=other&password=passwd", "client:secret", 400, "invalid_grant" },
        { "grant_type=refresh_token", "client:secret", 400, "invalid_request" },
        { "grant_type=refresh_token&refresh_token=unknown", "client:secret", 400, "invalid_grant" },
        { "grant_type=client_credentials&scope=admin", "client:secret", 400, "invalid_scope" },
    };

    private Session Session => _session!;

    public async ValueTask InitializeAsync()
    {
        _bin = await HttpBin.StartAsync(new HttpBinOptions { TimeProvider = _time });
        _session = WireFixture.Open("http/1.1", _bin);
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not null) await _session.DisposeAsync();
        if (_bin is not null) await _bin.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_gets_a_token_for_itself(bool byHeader)
    {
        JsonElement token = await TokenAsync(byHeader ? "grant_type=client_credentials" : "grant_type=client_credentials&client_id=client&client_secret=secret", byHeader);
        Assert.Equal("Bearer", token.GetProperty("token_type").GetString());
        Assert.Equal(3600, token.GetProperty("expires_in").GetInt32());
        Assert.Equal("read", token.GetProperty("scope").GetString());
        Assert.False(token.TryGetProperty("refresh_token", out _));

        Response resource = await ResourceAsync(token);
        Assert.Equal("client", resource.Json().GetProperty("client").GetString());
        Assert.Equal(JsonValueKind.Null, resource.Json().GetProperty("user").ValueKind);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task An_error_says_what_is_wrong(string form, string? client, int status, string error)
    {
        Response response = await Session.PostAsync("/oauth/token", new()
        {
            Content = Body.FromText(form, "application/x-www-form-urlencoded"),
            Auth = client is null ? Auth.None : Auth.Basic(client.Split(':')[0], client.Split(':')[1]),
        });
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(error, response.Json().GetProperty("error").GetString());
        Assert.NotEmpty(response.Json().GetProperty("error_description").GetString()!);
        Assert.Equal("no-store", response.Headers["Cache-Control"]);
        Assert.Equal(status == 401, response.Headers.Contains("WWW-Authenticate"));
    }

    [Fact]
    public async Task A_refresh_token_is_good_for_one_refresh()
    {
        JsonElement first = await TokenAsync("grant_type=password&username=user&password=passwd&scope=read+write");
        Assert.Equal("user", (await ResourceAsync(first, "?scope=write")).EnsureSuccess().Json().GetProperty("user").GetString());

        string refresh = $"grant_type=refresh_token&refresh_token={first.GetProperty("refresh_token").GetString()}";
        Assert.Equal("invalid_scope", (await PostAsync(refresh + "&scope=admin")).Json().GetProperty("error").GetString());
        JsonElement second = await TokenAsync(refresh + "&scope=read");
        Assert.Equal("read", second.GetProperty("scope").GetString());
        Assert.NotEqual(first.GetProperty("access_token").GetString(), second.GetProperty("access_token").GetString());
        Assert.Equal(200, (await ResourceAsync(second)).StatusCode);
        Assert.Equal(403, (await ResourceAsync(second, "?scope=write")).StatusCode);
        Assert.Equal("invalid_grant", (await PostAsync(refresh)).Json().GetProperty("error").GetString());
        await TokenAsync($"grant_type=refresh_token&refresh_token={second.GetProperty("refresh_token").GetString()}");
    }

    [Fact]
    public async Task A_token_ends_with_its_time()
    {
        JsonElement token = await TokenAsync("grant_type=client_credentials", query: "?expires_in=60");
        Assert.Equal(60, token.GetProperty("expires_in").GetInt32());
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(200, (await ResourceAsync(token)).StatusCode);
        _time.Advance(TimeSpan.FromSeconds(1));
        Response late = await ResourceAsync(token);
        Assert.Equal(401, late.StatusCode);
        Assert.Contains("error=\"invalid_token\"", late.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_the_resource_asks_for_one()
    {
        Response response = await Session.GetAsync("/oauth/resource");
        Assert.Equal(401, response.StatusCode);
        Assert.Equal("Bearer realm=\"oauth\"", response.Headers["WWW-Authenticate"]);
    }

    [Fact]
    public async Task The_query_names_other_credentials()
    {
        Response response = await Session.PostAsync(
            "/oauth/token?client=a%20b&secret=%3A&user=u&passwd=p",
            new() { Auth = ("a b", ":"), Form = { ["grant_type"] = "password", ["username"] = "u", ["password"] = "p" } });
        Assert.Equal(200, response.StatusCode);

        // As RFC 6749 §2.3.1 wants it: encoded as in a form before it is put together.
        response = await Session.PostAsync("/oauth/token?client=a%20b&secret=%3A", new() { Auth = ("a+b", "%3A"), Form = { ["grant_type"] = "client_credentials" } });
        Assert.Equal(200, response.StatusCode);
        Assert.Equal(405, (await Session.GetAsync("/oauth/token")).StatusCode);
    }

    private async Task<JsonElement> TokenAsync(string form, bool byHeader = true, string query = "") =>
        (await PostAsync(form, byHeader, query)).EnsureSuccess().Json();

    private Task<Response> PostAsync(string form, bool byHeader = true, string query = "") => Session.PostAsync("/oauth/token" + query, new()
    {
        Content = Body.FromText(form, "application/x-www-form-urlencoded"),
        Auth = byHeader ? ("client", "secret") : Auth.None,
    });

    private Task<Response> ResourceAsync(JsonElement token, string query = "") =>
        Session.GetAsync("/oauth/resource" + query, new() { Auth = Auth.Bearer(token.GetProperty("access_token").GetString()!) });
}
