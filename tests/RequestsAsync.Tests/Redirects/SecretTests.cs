namespace RequestsAsync.Tests;

/// <summary>Every way to give a secret, over every redirect status, to every kind of other origin, on real sockets.</summary>
public sealed class SecretTests
{
    private const string Secret = "s3cret";

    public static TheoryData<int, string> StatusesAndWays
    {
        get
        {
            TheoryData<int, string> data = [];
            foreach (int status in (int[])[301, 302, 303, 307, 308])
            {
                foreach (string way in Ways.Keys)
                    data.Add(status, way);
            }

            return data;
        }
    }

    private static Dictionary<string, Func<string, (string Url, RequestOptions Options)>> Ways { get; } = new(StringComparer.Ordinal)
    {
        ["Authorization"] = Field,
        ["Proxy-Authorization"] = Field,
        ["Cookie"] = Field,
        ["X-Api-Key"] = Field,
        ["Api-Key"] = Field,
        ["X-Auth-Token"] = Field,
        ["X-Amz-Security-Token"] = Field,
        ["Host"] = Field,
        ["Auth.Basic"] = _ => ("", new() { Auth = ("user", Secret) }),
        ["Auth.Bearer"] = _ => ("", new() { Auth = Auth.Bearer(Secret) }),
        ["Auth.Bearer source"] = _ => ("", new() { Auth = Auth.Bearer(_ => new(Secret)) }),
        ["URL user-info"] = _ => ($"user:{Secret}@", new()),
        ["Cookies"] = _ => ("", new() { Cookies = { ["sid"] = Secret } }),
    };

    [Theory]
    [MemberData(nameof(StatusesAndWays))]
    public async Task No_secret_reaches_another_origin(int status, string way)
    {
        await using FaultyServer other = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using FaultyServer first = FaultyServer.Start($"HTTP/1.1 {status} Moved\r\nLocation: {other.Url}/landing\r\nSet-Cookie: jar={Secret}; Path=/only-here\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        (string userInfo, RequestOptions options) = Ways[way](way);
        await using Session session = new();

        Response response = await session.GetAsync(first.Url.Replace("http://", "http://" + userInfo, StringComparison.Ordinal), options);

        Assert.Equal(200, response.StatusCode);
        string basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"user:{Secret}"));
        string sent = Assert.Single(first.Heads);
        Assert.True(sent.Contains(Secret, StringComparison.Ordinal) || sent.Contains(basic, StringComparison.Ordinal), "the first origin gets what is its own");
        string received = Assert.Single(other.Heads);
        Assert.DoesNotContain(Secret, received, StringComparison.Ordinal);
        Assert.DoesNotContain(basic, received, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", received, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    public async Task A_digest_is_not_answered_to_another_origin(int status)
    {
        const string Challenge = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\r\n";
        await using FaultyServer other = FaultyServer.Start($"HTTP/1.1 401 Unauthorized\r\n{Challenge}Content-Length: 0\r\nConnection: close\r\n\r\n");
        await using FaultyServer first = FaultyServer.Start($"HTTP/1.1 {status} Moved\r\nLocation: {other.Url}/landing\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using Session session = new(new() { Auth = Auth.Digest("user", "pass") });

        Assert.Equal(401, (await session.GetAsync(first.Url)).StatusCode);
        Assert.DoesNotContain("Authorization", Assert.Single(other.Heads), StringComparison.OrdinalIgnoreCase);
    }

    private static (string Url, RequestOptions Options) Field(string name) => ("", new() { Headers = { [name] = Secret } });
}
