using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RequestsAsync.Tests;

/// <summary>The commands, run by a shell and sent by the real curl, against what the library sends.</summary>
public sealed partial class CurlRoundTripTests : IDisposable
{
    private const string Curl = "/usr/bin/curl";

    private readonly string _folder = Directory.CreateTempSubdirectory("curl-export-").FullName;

    public static TheoryData<string> Names => [.. Cases("", "").Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Curl_sends_the_same(string name)
    {
        Assert.SkipUnless(File.Exists(Curl), "There is no curl here.");
        string file = Path.Combine(_folder, "it's \"1\".txt");
        await File.WriteAllTextAsync(file, "from a file\r\n", TestContext.Current.CancellationToken);
        await using FaultyServer server = FaultyServer.Start(script => script.ReadRequest().Reply(200, [("Connection", "close")]));
        Request request = Cases($"http://127.0.0.1:{server.Port}", file)[name];
        await using Session session = new(new() { TrustEnvironment = false });

        await session.SendAsync(request, TestContext.Current.CancellationToken);
        await RunAsync(session.ToCurl(request), Path.Combine(_folder, "command"));

        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(Comparable(server.Requests[0]), Comparable(server.Requests[1]));
    }

    private static Dictionary<string, Request> Cases(string host, string file) => new(StringComparer.Ordinal)
    {
        ["get"] = Request.Get(host + "/a?b=c&d=%20e"),
        ["head"] = Request.Head(host + "/"),
        ["delete"] = Request.Delete(host + "/"),
        ["post without content"] = Request.Post(host + "/"),
        ["put of a text"] = Request.Put(host + "/", new() { Content = "l'été\n$HOME `x` \"y\" \\z" }),
        ["content that begins with @"] = Request.Post(host + "/", new() { Content = "@/etc/hostname" }),
        ["get with content"] = Request.Get(host + "/", new() { Content = "x" }),
        ["bytes"] = Request.Post(host + "/", new() { Content = new byte[] { 0, 1, 2, 253, 254, 255, 13, 10 } }),
        ["json"] = Request.Post(host + "/", new() { Content = Body.FromBytes("""{"a":"ä \u0041"}"""u8.ToArray(), "application/json") }),
        ["form"] = Request.Post(host + "/", new() { Form = { ["a b"] = "1&2", ["ä"] = "ö" } }),
        ["fields of a multipart form"] = Request.Post(host + "/", new() { Form = { ["a"] = "x;type=y", ["b"] = "@c" }, Multipart = true }),
        ["files"] = Request.Post(host + "/", new()
        {
            Form = { ["field"] = "value" },
            Files = { ["file"] = file.Length == 0 ? null : Upload.FromFile(file), ["other"] = file.Length == 0 ? null : Upload.FromFile(file, "a;b,\"c\".png", "image/png") },
        }),
        ["typed part"] = Request.Post(host + "/", new() { Files = { ["json"] = Upload.FromBytes("{\"a\":\"\\\\;\"}"u8.ToArray(), "", "application/json") } }),
        ["part with a header"] = Request.Post(host + "/", new() { Files = { ["text"] = WithHeader(Upload.FromBytes("a;b"u8.ToArray(), "")) } }),
        ["file in memory"] = Request.Post(host + "/", new() { Files = { ["f"] = Upload.FromBytes(new byte[] { 0, 200 }, "a.bin") } }),
        ["content from a file"] = Request.Put(host + "/", new() { Content = file.Length == 0 ? null : Body.FromStream(File.OpenRead(file), "text/plain") }),
        ["headers"] = Request.Get(host + "/", new() { Headers = { ["X-Empty"] = "", ["X-Quote"] = "it's; \"so\"", ["Accept"] = "a/b", ["User-Agent"] = null, ["Accept-Encoding"] = null } }),
        ["no accept"] = Request.Get(host + "/", new() { Headers = { ["Accept"] = null } }),
        ["cookies"] = Request.Get(host + "/", new() { Cookies = { ["a"] = "b", ["c"] = "d e" } }),
        ["basic"] = Request.Get(host + "/", new() { Auth = ("user", "pä ss:'") }),
        ["bearer"] = Request.Get(host + "/", new() { Auth = Auth.Bearer("tok") }),
        ["own method"] = Request.Query(host + "/", new() { Content = "select" }),
        ["brackets"] = Request.Get(host + "/[1-3]?a={b,c}"),
        ["more than curl sends unasked"] = Request.Post(host + "/", new() { Content = new string('x', (1 << 20) + 1) }),
    };

    private static Upload WithHeader(Upload upload)
    {
        upload.Headers["X-Part"] = "\"q\"; 1";
        return upload;
    }

    private static string Comparable(FaultyRequest request)
    {
        string[] lines = request.Head.TrimEnd().Split("\r\n");
        string head = string.Join('\n', lines.Skip(1).Select(line => line.TrimEnd()).Order(StringComparer.OrdinalIgnoreCase).Prepend(lines[0]));
        string body = Convert.ToHexString(request.Body);
        if (Boundary().Match(head) is not { Success: true } match) return head + "\n\n" + body;

        string boundary = match.Groups["text"].Value;
        return Length().Replace(head, "Content-Length: *").Replace(boundary, "*", StringComparison.Ordinal)
            + "\n\n" + body.Replace(Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(boundary)), "*", StringComparison.Ordinal);
    }

    private static async Task RunAsync(string command, string script)
    {
        await File.WriteAllTextAsync(script, command + " --silent --disable", TestContext.Current.CancellationToken); // as an argument it could be too long
        ProcessStartInfo start = new("/bin/sh", [script]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["NO_PROXY"] = "127.0.0.1";
        using Process shell = Process.Start(start)!;
        shell.StandardInput.Close();
        Task<string> error = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(shell.ExitCode == 0, $"{command}\nended with {shell.ExitCode}: {await error}");
    }

    [GeneratedRegex(@"Content-Length: (?<bytes>\d+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Length();

    [GeneratedRegex(@"boundary=""?(?<text>[^""\s;]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Boundary();
}
