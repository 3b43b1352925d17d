namespace RequestsAsync.Cli.Tests;

public sealed class TransportTests
{
    [Theory]
    [InlineData("GET http://h.invalid/x HTTP/1.1\r\n", "http:PROXY")]
    [InlineData("GET http://h.invalid/x HTTP/1.1\r\n", "all:PROXY")]
    [InlineData("GET http://h.invalid/x HTTP/1.1\r\n", "PROXY")]
    [InlineData("GET http://h.invalid/x HTTP/1.1\r\n", "HTTP:PROXY", "--proxy", "https:http://127.0.0.1:1")]
    public async Task Goes_through_the_proxy(string line, params string[] proxy)
    {
        await using FaultyServer server = RecordingServer.Start();
        Ran ran = await Ran.InProcessAsync(["--proxy", .. proxy.Select(word => word.Replace("PROXY", server.Url, StringComparison.Ordinal)), "http://h.invalid/x"]);

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.StartsWith(line, server.Last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_for_another_scheme_is_left_alone()
    {
        await using FaultyServer server = RecordingServer.Start();
        Ran ran = await Ran.InProcessAsync("--proxy", "https:http://127.0.0.1:1", server.Url + "/x");

        Assert.Equal(0, ran.Code);
        Assert.StartsWith("GET /x HTTP/1.1\r\n", server.Last, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1,127.0.0.2")]
    public async Task A_host_has_the_address_that_it_is_given(string address)
    {
        await using FaultyServer server = RecordingServer.Start();
        int port = new Uri(server.Url).Port;
        Ran ran = await Ran.InProcessAsync("--resolve", $"h.invalid:{port}:{address}", $"http://h.invalid:{port}/");

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Contains($"\r\nHost: h.invalid:{port}\r\n", server.Last, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("example.org", "http", "example.org")]
    [InlineData("http://example.org:443", "http", "example.org:443")]
    [InlineData(":443/x", "https", "localhost")]
    [InlineData(":443/x", "http", "localhost:443")]
    public async Task The_default_scheme_is_that_of_urls_without_one(string url, string scheme, string host)
    {
        Ran ran = await Ran.InProcessAsync("--offline", "--default-scheme", scheme, url);

        Assert.Contains($"\r\nHost: {host}\r\n", ran.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false, "--ignore-netrc")]
    public async Task Netrc_is_read_unless_told_otherwise(bool isRead, params string[] words)
    {
        await using FaultyServer server = RecordingServer.Start();
        using TemporaryFolder folder = new();
        Dictionary<string, string> environment = new() { ["NETRC"] = folder.Write("netrc", "machine 127.0.0.1 login ana password secret\n") };
        await using CommandProcess command = CommandProcess.StartWith(environment, [server.Url, .. words]);
        Ran ran = await command.EndAsync();

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Equal(isRead, server.Last.Contains("\r\nAuthorization: Basic YW5hOnNlY3JldA==\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_in_trouble_is_asked_again()
    {
        await using FaultyServer server = RecordingServer.Start(503);
        Ran ran = await Ran.InProcessAsync("--retry", "1", server.Url);

        Assert.Equal(5, ran.Code);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("--verify", "no/such/ca.pem")]
    [InlineData("--cert", "no/such/cert.pem")]
    [InlineData("--cert", "no/such/cert.pfx")]
    public async Task A_file_that_is_missing_is_named(string option, string path)
    {
        Ran ran = await Ran.InProcessAsync(option, path, "https://127.0.0.1:1/");

        Assert.Equal(7, ran.Code);
        Assert.Contains(path, ran.Error, StringComparison.Ordinal);
    }
}
