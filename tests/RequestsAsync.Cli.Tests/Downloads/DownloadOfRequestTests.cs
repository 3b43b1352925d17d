using System.CommandLine;

namespace RequestsAsync.Cli.Tests;

/// <summary><c>--download</c> as a command plugs it in.</summary>
public sealed class DownloadOfRequestTests(BinFixture bin) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("download").FullName;

    private string Target => Path.Combine(_folder, "headers.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_request_is_sent_as_it_is_and_its_answer_saved()
    {
        (int code, string error) = await RunAsync("GET", "-d", "-o", Target);

        Assert.Equal(0, code);
        Assert.Contains("saved " + Target, error, StringComparison.Ordinal);
        Assert.Contains("X-Own", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Only_GET_downloads()
    {
        await Assert.ThrowsAsync<CommandException>(() => RunAsync("POST", "-d", "-o", Target));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task It_has_to_be_asked_for()
    {
        (int code, _) = await RunAsync("GET", "-o", Target);

        Assert.Equal(99, code);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task The_whole_command_downloads_with_its_items_and_follows_redirects()
    {
        Ran ran = await Ran.InProcessAsync("-d", "-o", Target, "-a", "ana:pw", $"{bin.Url}/redirect-to", "url==/anything", "X-Own:1");

        Assert.Equal(0, ran.Code);
        Assert.Equal(Target + "\n", ran.Text);
        Assert.Contains("\"X-Own\": \"1\"", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--download fetches with GET, not with POST", "-d", "URL", "a=b")]
    [InlineData("--checksum is for downloads: add --download", "--checksum", "md5=900150983cd24fb0d6963f7d28e17f72", "URL")]
    [InlineData("--continue is for downloads: add --download", "-c", "URL")]
    public async Task What_makes_no_sense_is_told(string error, params string[] arguments)
    {
        Ran ran = await Ran.InProcessAsync([.. arguments.Select(word => word.Replace("URL", $"{bin.Url}/anything", StringComparison.Ordinal))]);

        Assert.Equal(64, ran.Code);
        Assert.Contains(error, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offline_shows_the_request_and_downloads_nothing()
    {
        Ran ran = await Ran.InProcessAsync("-d", "-o", Target, "--offline", "http://127.0.0.1:1/x");

        Assert.Equal(0, ran.Code);
        Assert.StartsWith("GET /x HTTP/1.1\r\n", ran.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_list_of_downloads_takes_credentials_too()
    {
        Ran ran = await Ran.InProcessAsync("download", "-a", "ana:pw", "-o", Target, "--timeout", "20", $"{bin.Url}/basic-auth/ana/pw");

        Assert.Equal(0, ran.Code);
        Assert.Contains("\"ana\"", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task<(int Code, string Error)> RunAsync(string method, params string[] arguments)
    {
        using MemoryStream output = new();
        using MemoryStream error = new();
        using StandardStreams streams = new(output, error, () => Stream.Null, isTerminal: false);
        DownloadOfRequest download = new(streams);
        RootCommand root = new();
        download.AddTo(root);
        root.Options.Add(new Option<bool>("--debug") { Recursive = true });
        Request request = new(method, bin.Url + "/headers", new() { Headers = { ["X-Own"] = "1" } });
        root.SetAction((parsed, stopping) =>
            download.IsAskedFor(parsed) ? download.RunAsync(parsed, request, new(), isQuiet: false, stopping) : Task.FromResult(99));
        int code = await root.Parse(arguments).InvokeAsync(new() { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
        return (code, System.Text.Encoding.UTF8.GetString(error.ToArray()));
    }
}
