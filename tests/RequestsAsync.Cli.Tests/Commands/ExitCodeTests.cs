using System.Net;
using System.Net.Sockets;

namespace RequestsAsync.Cli.Tests;

public sealed class ExitCodeTests(BinFixture bin)
{
    [Theory]
    [InlineData(0, "BIN/get")]
    [InlineData(0, "BIN/status/204")]
    [InlineData(0, "BIN/redirect/2")]
    [InlineData(3, "--no-follow", "BIN/redirect/2")]
    [InlineData(3, "BIN/status/304")]
    [InlineData(4, "BIN/status/404")]
    [InlineData(4, "DELETE", "BIN/get")]
    [InlineData(5, "BIN/status/503")]
    [InlineData(1, "-o", "no/such/folder/file", "BIN/get")]
    [InlineData(2, "BIN/delay/9", "--timeout", "0.05")]
    [InlineData(6, "BIN/redirect/21")]
    [InlineData(7, "http://")]
    [InlineData(7, "http://a b/")]
    [InlineData(7, "ftp://example.org/")]
    [InlineData(7, "BIN/get", "-H", "X: a\nb")]
    [InlineData(7, "CONNECT", "BIN/get")]
    [InlineData(7, "G(T", "BIN/get")]
    [InlineData(64)]
    [InlineData(64, "GET")]
    [InlineData(64, "example.org", "BIN/get")]
    [InlineData(64, "GET", "BIN/get", "more")]
    [InlineData(64, "--no-such-option", "BIN/get")]
    [InlineData(64, "BIN/get", "-H", "no colon")]
    [InlineData(64, "BIN/get", "-q", "no equals sign")]
    [InlineData(64, "BIN/post", "-f", "=no name")]
    [InlineData(64, "BIN/post", "--json", "{")]
    [InlineData(64, "BIN/post", "--json", "1", "-d", "2")]
    [InlineData(64, "BIN/get", "--timeout", "-1")]
    [InlineData(64, "BIN/get", "--timeout", "soon")]
    [InlineData(64, "serve", "--port", "65536")]
    [InlineData(64, "serve", "more")]
    [InlineData(64, "demo", "more")]
    [InlineData(64, "help", "nothing")]
    [InlineData(0, "--help")]
    [InlineData(0, "help")]
    [InlineData(0, "help", "demo")]
    [InlineData(0, "--version")]
    public async Task Tells_the_shell_how_it_went(int code, params string[] arguments)
    {
        Ran ran = await Ran.InProcessAsync(Array.ConvertAll(arguments, word => word.Replace("BIN", bin.Url, StringComparison.Ordinal)));

        Assert.Equal(code, ran.Code);
        if (code is 0 or 3 or 4 or 5) Assert.Empty(ran.Error);
        else AssertIsShort(ran.Error);
    }

    [Fact]
    public async Task Is_1_when_nobody_listens()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Ran ran = await Ran.InProcessAsync($":{port}/");

        Assert.Equal(1, ran.Code);
        AssertIsShort(ran.Error);
        Assert.Contains("connection refused", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Debug_shows_the_stack()
    {
        Ran ran = await Ran.InProcessAsync("--debug", "http://");

        Assert.Equal(7, ran.Code);
        Assert.Contains("   at ", ran.Error, StringComparison.Ordinal);
    }

    private static void AssertIsShort(string error)
    {
        Assert.StartsWith("requests: ", error, StringComparison.Ordinal);
        Assert.InRange(error.Count(static c => c == '\n'), 1, 2);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
