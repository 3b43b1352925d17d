using System.Diagnostics;

namespace RequestsAsync.Interop;

/// <summary>The same command line sends the same request, whether HTTPie gets it or <c>requests</c>.</summary>
public sealed class HttpieTests(RequestRecorder recorder) : IClassFixture<RequestRecorder>
{
    private const string Httpie = "/usr/bin/http";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("URL")]
    [InlineData("URL/a/b?c=d")]
    [InlineData("URL/a/../b/./c")]
    [InlineData("GET", "URL")]
    [InlineData("get", "URL")]
    [InlineData("HEAD", "URL")]
    [InlineData("POST", "URL")]
    [InlineData("OPTIONS", "URL")]
    [InlineData("PURGE", "URL")]
    [InlineData("--json", "POST", "URL", "a=1")]
    [InlineData("-j", "URL", "a=1")]
    [InlineData("URL", "a=1")]
    [InlineData("GET", "URL", "a=1")]
    [InlineData("PUT", "URL", "a=1", "b:=2", "c:=true", "d:=null", "e:=[1,\"x\"]", "f:={\"g\":1.5}")]
    [InlineData("URL", "a=ä漢👩 \"\\")]
    [InlineData("URL", "a=1", "a=2")]
    [InlineData("URL", "=x")]
    [InlineData("URL", "a=")]
    [InlineData("URL", ":=[1,2]")]
    [InlineData("URL", "a[b]=1", "a[c][d]:=2", "e[]=3", "e[]=4")]
    [InlineData("URL", "a[0]=x", "a[3]=y")]
    [InlineData("URL", "a[][b]=1", "a[][b]=2", "a[0][c]=3")]
    [InlineData("URL", "[]=1", "[]:=2")]
    [InlineData("URL", "[0][k]=v", "[1][k]=w")]
    [InlineData("URL", @"a[\1]=x", @"b\[c\]=y", @"d[\[]=z")]
    [InlineData("URL", @"a\=b=c", @"d\:=e", @"f=\@g")]
    [InlineData("URL", @"a\b=c:\d")]
    [InlineData("URL", "a=b:=c==d@e;f")]
    [InlineData("URL", "q==1", "q==2", "r==a b&c=d", "s==")]
    [InlineData("URL?x=1", "q==ä*~")]
    [InlineData("URL", "X-A:1", "X-B: two ", "X-C;")]
    [InlineData("URL", "X-A:1", "X-A:2")]
    [InlineData("URL", "X-A:1", "X-A:")]
    [InlineData("URL", "X-A:", "X-A:1")]
    [InlineData("URL", "Accept:")]
    [InlineData("URL", "Accept:text/plain", "a=1")]
    [InlineData("URL", "Content-Type:application/x-own", "a=1")]
    [InlineData("URL", "Cookie:a=b; c=d")]
    [InlineData("URL", "Referer:http://x/?a=b", "a=1")]
    [InlineData("URL", "X-A:@TEXT")]
    [InlineData("URL", "q==@TEXT")]
    [InlineData("URL", "a=@TEXT")]
    [InlineData("URL", "a:=@JSON", "b=1")]
    [InlineData("URL", "@JSON")]
    [InlineData("URL", "@TEXT")]
    [InlineData("URL", "@UNKNOWN")]
    [InlineData("PUT", "URL", "@JSON", "Content-Type:a/b")]
    [InlineData("--raw", "some text", "URL")]
    [InlineData("--raw", "{\"a\":1}", "PUT", "URL")]
    [InlineData("--form", "--raw", "a=1", "URL")]
    [InlineData("--form", "URL", "a=1", "a=2", "b=x y&z", "c[d]=e")]
    [InlineData("-f", "PUT", "URL", "a=ä*~", "=b")]
    [InlineData("-f", "URL", "a:=1", "b:=\"x\"", "c=@TEXT")]
    [InlineData("-f", "URL", "file@TEXT", "a=1", "other@JSON")]
    [InlineData("-f", "URL", "file@TEXT;type=image/png")]
    [InlineData("--multipart", "URL", "a=1", "b=ä")]
    [InlineData("--multipart", "--boundary=xyz", "URL", "a=1", "f@TEXT")]
    [InlineData("--multipart", "URL", "Content-Type:multipart/mixed", "a=1")]
    [InlineData("--chunked", "URL", "a=1")]
    [InlineData("--chunked", "URL", "@TEXT")]
    [InlineData("-a", "ana:se:cret", "URL")]
    [InlineData("--auth=ana:", "URL", "a=1")]
    [InlineData("-A", "bearer", "-a", "token", "URL")]
    [InlineData("-a", "ana:x", "URL", "Authorization:own")]
    [InlineData("URL", "--", "a=1", "-b=2")]
    public async Task Sends_the_same(params string[] words)
    {
        (string expected, string actual) = await SendBothAsync(words);

        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("007 is a name that was typed: it is not made a number and written again", "\"7\"", "\"007\"", "URL", "007=x")]
    [InlineData("JSON has no NaN", "NaN", null, "URL", "a:=NaN")]
    [InlineData("nothing is inside of null: it is not thrown away with all around it", "{\"b\":\"1\"}", null, "URL", "a:=null", "a[b]=1")]
    [InlineData("JSON's true is written as JSON writes it", "a=True", "a=true", "-f", "URL", "a:=true")]
    [InlineData("a number keeps its spelling", "1000.0", "1e3", "URL", "a:=1e3")]
    [InlineData("without content nothing describes content", "content-type: application/json", "GET / HTTP/1.1\naccept: application/json, */*;q=0.5\n\n", "--json", "URL")]
    [InlineData("what is put into an object that was given as JSON is not lost", "{\"a\":{\"x\":1}}", "{\"a\":{\"x\":1,\"y\":\"2\"}}", "URL", "a:={\"x\":1}", "a[y]=2")]
    [InlineData("only methods that anticipate content say that there is none (RFC 9110 §8.6)", "content-length: 0", "DELETE / HTTP/1.1\naccept: */*\n\n", "DELETE", "URL")]
    [InlineData("the server is told the name that was asked for", "filename=\"a.txt\"", "filename=\"other.txt\"", "-f", "URL", "f@TEXT;filename=other.txt")]
    public async Task Differs_on_purpose(string reason, string expected, string? actual, params string[] words)
    {
        (string theirs, string ours) = await SendBothAsync(words, mayRefuse: true);

        Assert.NotEmpty(reason);
        Assert.NotEqual(theirs, ours);
        if (theirs.Length > 0) Assert.Contains(expected, theirs, StringComparison.Ordinal);
        Assert.Contains(actual ?? "", ours, StringComparison.Ordinal);
        Assert.Equal(actual is null, ours.Length == 0);
    }

    private async Task<(string Theirs, string Ours)> SendBothAsync(string[] words, bool mayRefuse = false)
    {
        Assert.SkipUnless(File.Exists(Httpie), "There is no HTTPie here: apt-get install httpie");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("requests-httpie-");
        try
        {
            string[] arguments = Array.ConvertAll(words, word => Fill(word, folder.FullName));
            string theirs = await SendAsync(Httpie, ["--ignore-stdin", .. arguments], folder.FullName, mayRefuse);
            string ours = await SendAsync(
                Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [Path.Combine(AppContext.BaseDirectory, "requests.dll"), .. arguments], folder.FullName, mayRefuse);
            return (theirs, ours);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private string Fill(string word, string folder)
    {
        foreach ((string mark, string name, string text) in ((string, string, string)[])[("TEXT", "a.txt", "text ä\n"), ("JSON", "b.json", "{\"x\": [1, 2]}\n"), ("UNKNOWN", "c.unknown", "?")])
        {
            if (!word.Contains(mark, StringComparison.Ordinal)) continue;

            string path = Path.Combine(folder, name);
            File.WriteAllText(path, text);
            word = word.Replace(mark, path, StringComparison.Ordinal);
        }

        return word.Replace("URL", recorder.Url, StringComparison.Ordinal);
    }

    // What is refused before anything is sent leaves nothing to compare.
    private async Task<string> SendAsync(string program, string[] arguments, string folder, bool mayRefuse)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["HTTPIE_CONFIG_DIR"] = start.Environment["REQUESTS_CONFIG_DIR"] = start.Environment["HOME"] = folder;
        start.Environment["NO_PROXY"] = "127.0.0.1";
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<byte[]> taking = recorder.TakeAsync(ended.Token);
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(Cancellation);
        string error = await process.StandardError.ReadToEndAsync(Cancellation);
        await output;
        await process.WaitForExitAsync(Cancellation);
        if (process.ExitCode == 0) return ComparableRequest.Describe(await taking);

        Assert.True(mayRefuse, $"{program} ended with {process.ExitCode}: {error}");
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
        return "";
    }
}
