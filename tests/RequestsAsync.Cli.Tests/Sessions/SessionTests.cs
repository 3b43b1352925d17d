using System.Text;
using System.Text.Json;

namespace RequestsAsync.Cli.Tests;

public sealed class SessionTests
{
    // As HTTPie 3.2 has written it.
    private const string Newer = """
        {
            "__meta__": { "about": "HTTPie session file", "help": "https://httpie.io/docs#sessions", "httpie": "3.2.1" },
            "auth": { "raw_auth": "ana:x:y", "type": "basic" },
            "cookies": [
                { "domain": "", "expires": null, "name": "own", "path": "/", "secure": false, "value": "3" },
                { "domain": "127.0.0.1", "expires": 4102444800, "name": "sid", "path": "/", "secure": false, "value": "1" },
                { "domain": "127.0.0.1", "expires": 1, "name": "old", "path": "/", "secure": false, "value": "1" },
                { "domain": "127.0.0.1", "expires": null, "name": "deep", "path": "/x", "secure": false, "value": "2" },
                { "domain": "other.example", "expires": null, "name": "foreign", "path": "/", "secure": true, "value": "4" }
            ],
            "headers": [ { "name": "X-A", "value": "1" }, { "name": "X-A", "value": "2" } ]
        }
        """;

    // As HTTPie 1 and 2 have written it.
    private const string Older = """
        {
            "__meta__": { "about": "HTTPie session file", "help": "https://httpie.org/doc#sessions", "httpie": "1.0.2" },
            "auth": { "type": "basic", "username": "ana", "password": "x:y" },
            "cookies": { "sid": { "expires": null, "path": "/", "secure": false, "value": "1" } },
            "headers": { "X-A": "1" }
        }
        """;

    [Theory]
    [InlineData(Newer, "deep=2; own=3; sid=1", "X-A: 1, 2")]
    [InlineData(Older, "sid=1", "X-A: 1")]
    public async Task Uses_a_file_of_httpie(string text, string cookies, string field)
    {
        await using FaultyServer server = RecordingServer.Start();
        using TemporaryFolder folder = new();
        Ran ran = await Ran.InProcessAsync(server.Url + "/x", "--session", folder.Write("s.json", text));

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Contains($"\r\nCookie: {cookies}\r\n", server.Last, StringComparison.Ordinal);
        Assert.Contains($"\r\n{field}\r\n", server.Last, StringComparison.Ordinal);
        Assert.Contains($"\r\nAuthorization: Basic {Convert.ToBase64String("ana:x:y"u8)}\r\n", server.Last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_cookies_fields_and_credentials_for_the_next_request()
    {
        await using FaultyServer server = RecordingServer.Start(200, ("Set-Cookie", "sid=1; Path=/; Max-Age=99"));
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "new", "s.json");
        await Ran.InProcessAsync(server.Url, "--session", file, "-a", "ana:x", "X-A:1", "Cookie:own=3; b=c=d", "If-Match:*", "a=1");
        await Ran.InProcessAsync(server.Url, "--session", file, "X-A:2", "X-B:3");
        await Ran.InProcessAsync(server.Url, "--session-read-only", file, "X-A:", "X-C:4");
        string third = server.Last;
        await Ran.InProcessAsync(server.Url, "--session", file);

        Assert.DoesNotContain("X-A", third, StringComparison.Ordinal);
        Assert.Contains("\r\nX-C: 4\r\n", third, StringComparison.Ordinal);
        Assert.Contains("\r\nX-A: 2\r\n", server.Last, StringComparison.Ordinal);
        Assert.Contains("\r\nX-B: 3\r\n", server.Last, StringComparison.Ordinal);
        Assert.Contains("\r\nCookie: own=3; b=c=d; sid=1\r\n", server.Last, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: Basic YW5hOng=\r\n", server.Last, StringComparison.Ordinal);
        foreach (string absent in (string[])["X-C", "If-Match", "Content-"])
            Assert.DoesNotContain(absent, server.Last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_holds_goes_to_no_other_host_by_a_redirect()
    {
        await using FaultyServer other = RecordingServer.Start();
        await using FaultyServer server = RecordingServer.Start(307, ("Location", other.Url + "/x"));
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "s.json");
        await Ran.InProcessAsync(server.Url, "--session", file, "X-Token:s3cret", "User-Agent:me");
        await Ran.InProcessAsync("-F", server.Url, "--session", file);
        string redirected = other.Last;
        await Ran.InProcessAsync("download", server.Url + "/file.bin", "-o", Path.Combine(folder.Path, "f"), "--session", file);

        Assert.Contains("\r\nX-Token: s3cret\r\n", server.Last, StringComparison.Ordinal);
        Assert.Contains("\r\nUser-Agent: me\r\n", redirected, StringComparison.Ordinal);
        Assert.True(other.Requests.Count >= 2);
        Assert.All(other.Requests, static request => Assert.DoesNotContain("s3cret", Encoding.Latin1.GetString(request.Raw), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Behind_a_link_the_file_that_it_leads_to_is_written()
    {
        await using FaultyServer server = RecordingServer.Start();
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "real.json");
        await Ran.InProcessAsync(server.Url, "--session", file, "X-A:1");
        string link = Path.Combine(folder.Path, "link.json");
        File.CreateSymbolicLink(link, file);
        await Ran.InProcessAsync(server.Url, "--session", link, "X-A:2");

        Assert.Equal(file, File.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName);
        Assert.Contains("\"2\"", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_for_its_owner_alone_and_leaves_nothing_beside_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Other rights there.");
            return;
        }

        await using FaultyServer server = RecordingServer.Start();
        using TemporaryFolder folder = new();
        string file = folder.Write("s.json", Older);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await Ran.InProcessAsync(server.Url, "--session", file);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal([file], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_name_has_a_file_for_each_host()
    {
        await using FaultyServer one = RecordingServer.Start();
        await using FaultyServer other = RecordingServer.Start();
        using TemporaryFolder folder = new();
        foreach (string url in (string[])[one.Url, other.Url])
        {
            await using CommandProcess command = CommandProcess.StartWith(new() { ["REQUESTS_CONFIG_DIR"] = folder.Path }, "--session", "work", url, "X-Url:" + url);
            Assert.Equal(0, (await command.EndAsync()).Code);
        }

        foreach (string url in (string[])[one.Url, other.Url])
        {
            string text = await File.ReadAllTextAsync(Path.Combine(folder.Path, "sessions", new Uri(url).Authority.Replace(':', '_'), "work.json"), TestContext.Current.CancellationToken);
            Assert.Contains($"\"value\": \"{url}\"", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_file_stays_with_its_host()
    {
        await using FaultyServer one = RecordingServer.Start();
        await using FaultyServer other = RecordingServer.Start();
        using TemporaryFolder folder = new();
        string file = folder.Write("s.json", Newer);
        await Ran.InProcessAsync(one.Url, "--session", file);
        Ran ran = await Ran.InProcessAsync(other.Url, "--session", file);

        Assert.Equal(7, ran.Code);
        Assert.Contains(new Uri(one.Url).Authority, ran.Error, StringComparison.Ordinal);
        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"headers": 3}""")]
    [InlineData("""{"headers": [{"name": "X"}]}""")]
    [InlineData("""{"cookies": [{"name": "a;b", "value": "c"}]}""")]
    public async Task Says_what_is_no_session(string text)
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("s.json", text);
        Ran ran = await Ran.InProcessAsync("http://127.0.0.1:1/", "--session", file);

        Assert.Equal(1, ran.Code);
        Assert.StartsWith($"requests: {file} is no session: ", ran.Error, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        Url url = Url.Parse("http://localhost:8080/");
        SessionData data = SessionJson.Read(Encoding.UTF8.GetBytes(Newer), url);
        data.Host = url.Authority;
        data.Cookies.Set("below", "5", ".example.org");
        SessionData again = SessionJson.Read(SessionJson.Write(data), url);

        Assert.Equal(data.Cookies.Select(Shown), again.Cookies.Select(Shown));
        Assert.Equal(data.Headers, again.Headers);
        Assert.Equal(data.Credentials, again.Credentials);
        Assert.Equal(data.Host, again.Host);
        Assert.Equal(data.Notes.Select(static note => note.Key), again.Notes.Select(static note => note.Key));
        using JsonDocument written = JsonDocument.Parse(SessionJson.Write(data));
        Assert.Contains(written.RootElement.GetProperty("cookies").EnumerateArray(), static cookie => cookie.GetProperty("domain").GetString() == "localhost.local");
        Assert.Contains(written.RootElement.GetProperty("cookies").EnumerateArray(), static cookie => cookie.GetProperty("domain").GetString() == ".example.org");
    }

    private static string Shown(Cookie cookie) => $"{cookie.Value}: {cookie}";
}
