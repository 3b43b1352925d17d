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

    private async Task<(int Code, string Error)> RunAsync(string method, params string[] arguments)
    {
        using MemoryStream output = new();
        using MemoryStream error = new();
        using StandardStreams streams = new(output, error, () => Stream.Null, isTerminal: false);
        DownloadOfRequest download = new(streams);
        RootCommand root = new();
        download.AddTo(root);
        root.Options.Add(new Option<bool>("--debug") { Recursive = true });
        await using Session session = new();
        RequestOptions options = new() { Headers = { ["X-Own"] = "1" } };
        root.SetAction((parsed, stopping) =>
            download.IsAskedFor(parsed) ? download.RunAsync(parsed, session, method, bin.Url + "/headers", options, stopping) : Task.FromResult(99));
        int code = await root.Parse(arguments).InvokeAsync(new() { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken);
        return (code, System.Text.Encoding.UTF8.GetString(error.ToArray()));
    }
}
