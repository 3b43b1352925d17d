using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace RequestsAsync.Cli.Tests;

public sealed class BulkCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bulk").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Urls_of_a_file_are_fetched_into_records()
    {
        await using CountingServer server = await CountingServer.StartAsync(TestContext.Current.CancellationToken);
        string input = Write("urls.txt", $"{server.Url}/a\n{server.Url}/b\n");

        Ran ran = await RunAsync("bulk", input, "-o", Output, "--body", "inline");

        Assert.True(ran.Code == 0, ran.Error);
        Assert.Equal(["content of /a", "content of /b"], Records.Select(record => record.GetProperty("body").GetString()).Order());
        Assert.StartsWith("finished: 2 of 2 done", ran.Error, StringComparison.Ordinal);
        Assert.Empty(ran.Output);
    }

    [Fact]
    public async Task A_report_is_written_when_the_job_ends()
    {
        await using CountingServer server = await CountingServer.StartAsync(TestContext.Current.CancellationToken);
        string input = Write("urls.txt", $"{server.Url}/a\n{server.Url}/b\n"), report = Path.Combine(_folder, "report.html");

        Ran ran = await RunAsync("bulk", input, "-o", Output, "--report", report);

        Assert.True(ran.Code == 0, ran.Error);
        Assert.Contains("<dd>2 of 2</dd>", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gzip_is_read_and_some_errors_are_the_exit_code_10()
    {
        await using CountingServer server = await CountingServer.StartAsync(TestContext.Current.CancellationToken);
        using MemoryStream zipped = new();
        await using (GZipStream gzip = new(zipped, CompressionMode.Compress, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes($"{{\"url\":\"{server.Url}/a\"}}\n{{\"url\":\"no url at all\"}}\n"));
        string input = Path.Combine(_folder, "urls.jsonl.gz");
        await File.WriteAllBytesAsync(input, zipped.ToArray(), TestContext.Current.CancellationToken);

        Ran ran = await RunAsync("bulk", input, "-o", Output);

        Assert.Equal(10, ran.Code);
        Assert.Contains("bad_input 1", ran.Error, StringComparison.Ordinal);
        Assert.Equal(2, Records.Single(record => record.TryGetProperty("error", out _)).GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task The_standard_input_is_read_as_it_comes()
    {
        await using CountingServer server = await CountingServer.StartAsync(TestContext.Current.CancellationToken);
        await using CommandProcess command = CommandProcess.StartInShell($"(echo {server.Url}/a; while [ ! -s '{Output}' ]; do sleep 0.05; done; echo {server.Url}/b) | requests bulk - -o '{Output}'");

        Ran ran = await command.EndAsync();

        Assert.True(ran.Code == 0, ran.Error);
        Assert.Equal(2, Records.Count);
    }

    [Fact]
    public async Task Ctrl_C_drains_and_resume_goes_on()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using CountingServer server = await CountingServer.StartAsync(token);
        server.Takes = TimeSpan.FromMilliseconds(50);
        string input = Write("urls.txt", string.Concat(Enumerable.Range(0, 400).Select(i => $"{server.Url}/{i}\n")));
        await using (CommandProcess command = CommandProcess.StartInterruptible("bulk", input, "-o", Output))
        {
            while (server.Counts.Count < 20) await Task.Delay(5, token);
            await command.SignalAsync("INT");
            Ran ran = await command.EndAsync();
            Assert.Equal(130, ran.Code);
            Assert.Contains("--resume goes on", ran.Error, StringComparison.Ordinal);
            Assert.Equal(server.Counts.Count, Records.Count);
        }

        server.Takes = TimeSpan.Zero;
        Assert.Contains("resume", (await RunAsync("bulk", input, "-o", Output)).Error, StringComparison.Ordinal);
        Ran rest = await RunAsync("bulk", input, "-o", Output, "--resume");

        Assert.True(rest.Code == 0, rest.Error);
        Assert.Equal(400, Records.Count);
        Assert.All(server.Counts.Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task Ctrl_C_ends_it_while_nothing_comes_from_the_standard_input()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using CountingServer server = await CountingServer.StartAsync(token);
        await using CommandProcess command = CommandProcess.StartInterruptible(keepsInput: true, "bulk", "-", "-o", Output);
        await command.WriteAsync($"{server.Url}/a\n");
        while (!File.Exists(Output) || new FileInfo(Output).Length == 0) await Task.Delay(5, token);

        await command.SignalAsync("INT");
        Ran ran = await command.EndAsync();

        Assert.Equal(130, ran.Code);
        Assert.Single(Records);
    }

    [Fact]
    public async Task An_output_that_is_removed_is_told_and_nothing_counts_as_done_that_is_not_there()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using CountingServer server = await CountingServer.StartAsync(token);
        server.Takes = TimeSpan.FromMilliseconds(30);
        string input = Write("urls.txt", string.Concat(Enumerable.Range(0, 2000).Select(i => $"{server.Url}/{i}\n")));
        await using CommandProcess command = CommandProcess.Start("bulk", input, "-o", Output);
        while (!File.Exists(Output) || new FileInfo(Output).Length == 0) await Task.Delay(5, token);
        File.Delete(Output);

        Ran ran = await command.EndAsync();

        Assert.Equal(1, ran.Code);
        Assert.Contains("was removed while the job was running", ran.Error, StringComparison.Ordinal);
        Assert.Contains("is gone", (await RunAsync("bulk", input, "-o", Output, "--resume")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_is_told_and_the_job_goes_on_once_there_is_room()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root can mount a small file system.");
        await using CountingServer server = await CountingServer.StartAsync(TestContext.Current.CancellationToken);
        string small = Directory.CreateDirectory(Path.Combine(_folder, "small")).FullName;
        await using (CommandProcess mount = CommandProcess.StartInShell($"mount -t tmpfs -o size=256k tmpfs '{small}'")) Assert.SkipUnless((await mount.EndAsync()).Code == 0, "A tmpfs cannot be mounted here.");
        try
        {
            string input = Write("urls.txt", string.Concat(Enumerable.Range(0, 2000).Select(i => $"{server.Url}/{i}\n")));
            string output = Path.Combine(small, "out.jsonl"), job = Path.Combine(_folder, "job");

            Ran ran = await RunAsync("bulk", input, "-o", output, "--job", job);
            Assert.Equal(1, ran.Code);
            Assert.Contains("Make room and resume", ran.Error, StringComparison.Ordinal);

            await using (CommandProcess grow = CommandProcess.StartInShell($"mount -o remount,size=16m '{small}'")) Assert.Equal(0, (await grow.EndAsync()).Code);
            ran = await RunAsync("bulk", input, "-o", output, "--job", job, "--resume");
            Assert.True(ran.Code == 0, ran.Error);
            Assert.Equal(2000, File.ReadLines(output).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("url").GetString()).Distinct().Count());
            Assert.Equal(2000, File.ReadLines(output).Count());
        }
        finally
        {
            await using CommandProcess unmount = CommandProcess.StartInShell($"umount '{small}'");
            await unmount.EndAsync();
        }
    }

    [Theory]
    [InlineData("-o FILE", "bulk", "x.txt")]
    [InlineData("cannot be read", "bulk", "/nowhere/x.txt", "-o", "OUT")]
    [InlineData("--delay takes", "bulk", "x.txt", "-o", "OUT", "--delay", "soon")]
    [InlineData("--delay takes", "bulk", "x.txt", "-o", "OUT", "--delay", "NaN")]
    [InlineData("--delay takes", "bulk", "x.txt", "-o", "OUT", "--delay", "-Infinitys")]
    [InlineData("--max-retries takes", "bulk", "x.txt", "-o", "OUT", "--max-retries", "-1")]
    [InlineData("--body inline contradicts", "bulk", "x.txt", "-o", "OUT", "--body", "inline", "--warc", "DIR")]
    [InlineData("--body none contradicts", "bulk", "x.txt", "-o", "OUT", "--body", "none", "--bodies", "DIR")]
    [InlineData("--rate takes", "bulk", "x.txt", "-o", "OUT", "--rate", "5/day")]
    [InlineData("--body takes", "bulk", "x.txt", "-o", "OUT", "--body", "all")]
    [InlineData("needs --bodies DIR or --warc DIR", "bulk", "x.txt", "-o", "OUT", "--body", "file")]
    [InlineData("--max-body takes", "bulk", "x.txt", "-o", "OUT", "--max-body", "much")]
    [InlineData("--header takes", "bulk", "x.txt", "-o", "OUT", "-H", "nothing")]
    [InlineData("-c takes", "bulk", "x.txt", "-o", "OUT", "-c", "0")]
    [InlineData("--format takes", "bulk", "x.txt", "-o", "OUT", "--format", "csv")]
    [InlineData("cannot be read", "bulk", "x.txt", "-o", "OUT", "--hosts", "/nowhere.json")]
    public async Task What_makes_no_sense_is_told(string message, params string[] arguments)
    {
        Ran ran = await RunAsync([.. arguments.Select(argument => argument switch { "OUT" => Output, "DIR" => _folder, _ => argument })]);

        Assert.NotEqual(0, ran.Code);
        Assert.Contains(message, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_for_programs_is_json()
    {
        await using CountingServer server = await CountingServer.StartAsync(TestContext.Current.CancellationToken);
        server.Takes = TimeSpan.FromSeconds(1.2);
        string input = Write("urls.txt", $"{server.Url}/a\n{server.Url}/b\n{server.Url}/c\n");

        Ran ran = await RunAsync("bulk", input, "-o", Output, "--per-host", "1", "--progress", "json");

        string line = ran.Error.Split('\n')[0];
        JsonElement progress = JsonDocument.Parse(line).RootElement;
        Assert.Equal((3, 1), (progress.GetProperty("added").GetInt32(), progress.GetProperty("in_flight").GetInt32()));
    }

    private string Output => Path.Combine(_folder, "out.jsonl");

    private List<JsonElement> Records => [.. File.ReadLines(Output).Select(line => JsonDocument.Parse(line).RootElement)];

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<Ran> RunAsync(params string[] arguments)
    {
        await using CommandProcess command = CommandProcess.Start(arguments);
        return await command.EndAsync();
    }
}
