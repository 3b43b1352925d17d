using System.Text;

namespace RequestsAsync.Cli.Tests;

/// <summary>What <c>--offline</c> prints is, byte for byte, what goes over the wire.</summary>
public sealed class OfflineTests
{
    [Theory]
    [InlineData("URL")]
    [InlineData("URL/a%7Eb/~c/%c3%a4?x=%2f", "q==a b", "q==*~")]
    [InlineData("HEAD", "URL/x")]
    [InlineData("POST", "URL")]
    [InlineData("OPTIONS", "URL")]
    [InlineData("URL", "a=ä", "b[c][]:=1")]
    [InlineData("URL", "X-B:2", "X-A:1", "X-B:3", "Accept:", "User-Agent:me")]
    [InlineData("URL", "X-Value:ä漢", "Cookie:a=b; c=d")]
    [InlineData("URL", "Host:other.example", "a=1")]
    [InlineData("-f", "URL", "a=1 2", "b=ä&")]
    [InlineData("--multipart", "--boundary=xyz", "URL", "a=1", "b=ä", "file@FILE;type=text/x;filename=ä\"b")]
    [InlineData("-f", "--boundary=xyz", "URL", "file@FILE", "a=1", "other@FILE")]
    [InlineData("URL", "@FILE")]
    [InlineData("--chunked", "URL", "a=1")]
    [InlineData("--chunked", "URL", "@FILE")]
    [InlineData("-x", "URL", "a=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("-a", "ana:secret", "URL", "--raw", "text")]
    [InlineData("-A", "bearer", "-a", "token", "URL")]
    [InlineData("URL", "Content-Type:application/x-own", "--raw=<>")]
    public async Task Prints_the_bytes_of_the_wire(params string[] words)
    {
        await using FaultyServer server = RecordingServer.Start();
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".txt");
        await File.WriteAllTextAsync(file, "line\r\nother\0line", TestContext.Current.CancellationToken);
        try
        {
            string[] arguments = [.. words.Select(word => word.Replace("URL", server.Url, StringComparison.Ordinal).Replace("FILE", file, StringComparison.Ordinal))];
            Ran offline = await Ran.InProcessAsync([.. arguments, "--offline"]);
            Assert.Empty(server.Requests);
            Ran sent = await Ran.InProcessAsync(arguments);

            Assert.Equal((0, ""), (sent.Code, sent.Error));
            Assert.Equal(server.Last, Encoding.Latin1.GetString(offline.Output));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Shows_what_would_go_through_tls()
    {
        Ran ran = await Ran.InProcessAsync("--offline", "https://no-such-host.invalid:8443/a?b", "-a", "ana:x", "a=1");

        Assert.StartsWith("POST /a?b HTTP/1.1\r\nHost: no-such-host.invalid:8443\r\n", ran.Text, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: Basic ", ran.Text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n{\"a\":\"1\"}", ran.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://h.invalid/", "h.invalid")]
    [InlineData("https://h.invalid:443/", "h.invalid")]
    [InlineData("https://h.invalid:80/", "h.invalid:80")]
    [InlineData("http://h.invalid:443/", "h.invalid:443")]
    public async Task Names_the_host_as_its_scheme_does(string url, string host)
    {
        Ran ran = await Ran.InProcessAsync("--offline", url);

        Assert.Contains($"\r\nHost: {host}\r\n", ran.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Printed_requests_have_the_bytes_that_were_sent()
    {
        await using FaultyServer server = RecordingServer.Start();
        Ran ran = await Ran.InProcessAsync("-p", "HB", server.Url + "/x", "a=1", "X-A:b");

        Assert.Equal(server.Last.ReplaceLineEndings("\n").Split('\n'), ran.Text.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("3\r\nabc\r\n0\r\n\r\n", "abc")]
    [InlineData("3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n", "abc0123456789")]
    [InlineData("0\r\n\r\n", "")]
    public void Chunks_are_put_together(string body, string joined)
    {
        SentMessage message = WireFormat.Parse(Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{body}"));

        Assert.Equal("POST / HTTP/1.1", message.StartLine);
        Assert.Equal(joined, Encoding.ASCII.GetString(message.Body!));
    }
}
