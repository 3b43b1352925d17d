using System.Text.Json;

namespace RequestsAsync.Cli.Tests;

/// <summary><c>--curl</c> and <c>--har</c> on the command line, and what <c>requests curl --print requests</c> shows, given to the command again.</summary>
public sealed class RequestExportTests(BinFixture bin) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("URL")]
    [InlineData("URL", "name=it's", "age:=31", "X-A:b c", "q==1 2")]
    [InlineData("--form", "PUT", "URL", "a=1 2", "b=&")]
    [InlineData("--auth", "me:p'w", "URL", "Accept:")]
    [InlineData("--raw", "a\nb", "PATCH", "URL", "Content-Type:text/plain")]
    public async Task A_request_that_was_shown_as_curl_is_the_same_request(params string[] arguments)
    {
        string[] words = [.. arguments.Select(word => word.Replace("URL", $"{bin.Url}/anything", StringComparison.Ordinal))];

        Ran shown = await Ran.InProcessAsync(["--curl", .. words]);
        Ran again = await Ran.InProcessAsync("curl", shown.Text);

        Assert.Equal((0, ""), (shown.Code, shown.Error));
        Assert.StartsWith("curl ", shown.Text, StringComparison.Ordinal);
        Assert.Equal((await Ran.InProcessAsync(words)).Text, again.Text);
    }

    [Theory]
    [InlineData("curl URL")]
    [InlineData("curl -I URL/a")]
    [InlineData("curl URL -H 'X-A: it'\\''s' -H 'X-Empty;' -H 'Accept:' -A agent")]
    [InlineData("curl URL -d a=1 -d 'b= 2'")]
    [InlineData("curl URL -d 'a=%20'")]
    [InlineData("curl -X PUT URL --json '{\"a\":[1,\"b\"]}'")]
    [InlineData("curl URL -F a=b -F 'c=@FILE;type=text/html;filename=x.html'")]
    [InlineData("curl -T FILE URL")]
    [InlineData("curl URL --data-binary @FILE -H 'Content-Type: text/plain'")]
    [InlineData("curl -u 'me:p w' URL -b 'a=b; c=d'")]
    [InlineData("curl --oauth2-bearer tok URL -G -d x=1 -m 5")]
    [InlineData("curl -X PURGE URL -e http://r/ --compressed -L")]
    public async Task What_is_shown_as_a_requests_command_is_that_request(string command)
    {
        await using FaultyServer server = RecordingServer.Start();
        command = command.Replace("URL", server.Url, StringComparison.Ordinal).Replace("FILE", _folder.Write("f.txt", "content"), StringComparison.Ordinal);

        Ran sent = await Ran.InProcessAsync("curl", command);
        Ran shown = await Ran.InProcessAsync("curl", command, "--print", "requests");
        string[] words = Assert.Single(Scripts.Words(shown.Text));
        Ran offline = await Ran.InProcessAsync(["--offline", .. words[1..]]);

        Assert.Equal((0, 0, 0), (sent.Code, shown.Code, offline.Code));
        Assert.Equal("requests", words[0]);
        Assert.Equal(Comparable(server.Requests[^1].Raw), Comparable(offline.Output));
    }

    [Fact]
    public async Task Sent_and_received_are_written_to_an_archive()
    {
        string path = Path.Combine(_folder.Path, "a.har");

        Ran ran = await Ran.InProcessAsync("--har", path, "-F", $"{bin.Url}/redirect-to", $"url==/anything", "Authorization:Bearer SECRET7");

        Assert.Equal(0, ran.Code);
        Assert.Contains("\"method\": \"GET\"", ran.Text, StringComparison.Ordinal);
        string text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Empty(RequestsAsync.Testing.Tests.HarFormat.Complaints(text));
        JsonElement entries = JsonElement.Parse(text).GetProperty("log").GetProperty("entries");
        Assert.Equal([302, 200], [.. entries.EnumerateArray().Select(static entry => entry.GetProperty("response").GetProperty("status").GetInt32())]);
        Assert.Contains("method", entries[1].GetProperty("response").GetProperty("content").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET7", entries[0].GetProperty("request").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_in_the_archive_too()
    {
        string path = Path.Combine(_folder.Path, "a.har");

        Ran ran = await Ran.InProcessAsync("--har", path, "http://127.0.0.1:1/");

        Assert.Equal(1, ran.Code);
        string text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        Assert.Empty(RequestsAsync.Testing.Tests.HarFormat.Complaints(text));
        JsonElement entry = Assert.Single(JsonElement.Parse(text).GetProperty("log").GetProperty("entries").EnumerateArray());
        Assert.Equal(0, entry.GetProperty("response").GetProperty("status").GetInt32());
    }

    // Fields are compared in any order and without what each of the two programs says of itself, and multipart forms with one boundary.
    private static string Comparable(byte[] bytes)
    {
        SentMessage message = WireFormat.Parse(bytes);
        string body = System.Text.Encoding.UTF8.GetString(message.Body ?? []);
        string? boundary = message.ContentType?.Split("boundary=") is [_, var value] ? value.Trim('"') : null;
        IEnumerable<string> fields = message.Headers.Where(static field => field.Key != "Accept-Encoding" && !field.Value.StartsWith("requests-async/", StringComparison.Ordinal)).Select(static field => $"{field.Key}: {field.Value}").Order(StringComparer.Ordinal);
        string text = string.Join('\n', [message.StartLine, .. fields, "", body]);
        return boundary is null ? text : text.Replace(boundary, "BOUNDARY", StringComparison.Ordinal);
    }
}
