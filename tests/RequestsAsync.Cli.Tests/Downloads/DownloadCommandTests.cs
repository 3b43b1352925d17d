using System.Security.Cryptography;

namespace RequestsAsync.Cli.Tests;

public sealed class DownloadCommandTests(BinFixture bin) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("download").FullName;

    private string Target => Path.Combine(_folder, "x.bin");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Files_are_saved_and_their_paths_printed()
    {
        Ran ran = await Ran.InProcessAsync("download", $"{bin.Url}/bytes/1000", $"{bin.Url}/image/png", "-P", _folder);

        Assert.Equal(0, ran.Code);
        Assert.Equal([Path.Combine(_folder, "1000"), Path.Combine(_folder, "png")], ran.Lines[..^1].Order(StringComparer.Ordinal));
        Assert.Contains($"saved {Path.Combine(_folder, "1000")} (1000 bytes)\n", ran.Error, StringComparison.Ordinal);
        Assert.Contains("2 of 2 files, ", ran.Error, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public async Task A_terminal_gets_no_paths()
    {
        Ran ran = await Ran.OnTerminalAsync("download", $"{bin.Url}/bytes/1000", "-o", Target);

        Assert.Equal((0, ""), (ran.Code, ran.Text));
        Assert.True(File.Exists(Target));
    }

    [Fact]
    public async Task Quiet_says_nothing()
    {
        Ran ran = await Ran.InProcessAsync("download", $"{bin.Url}/bytes/1000", $"{bin.Url}/image/png", "-P", _folder, "-q");

        Assert.Equal((0, ""), (ran.Code, ran.Error));
    }

    [Theory]
    [InlineData("/status/404", 4)]
    [InlineData("/status/501", 5)]
    public async Task A_status_is_the_exit_code_and_the_others_are_saved_all_the_same(string path, int code)
    {
        Ran ran = await Ran.InProcessAsync("download", bin.Url + path, $"{bin.Url}/bytes/10", "-P", _folder);

        Assert.Equal(code, ran.Code);
        Assert.Contains("1 of 2 files", ran.Error, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(_folder, "10")], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_written_over_unless_asked()
    {
        await File.WriteAllTextAsync(Target, "mine", TestContext.Current.CancellationToken);
        Ran refused = await Ran.InProcessAsync("download", $"{bin.Url}/bytes/10", "-o", Target);
        Assert.Equal(1, refused.Code);
        Assert.Equal("mine", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken));
        Assert.Contains("is there already", refused.Error, StringComparison.Ordinal);

        Ran replaced = await Ran.InProcessAsync("download", $"{bin.Url}/bytes/10", "-o", Target, "--overwrite");
        Assert.Equal(0, replaced.Code);
        Assert.Equal(10, new FileInfo(Target).Length);
    }

    [Fact]
    public async Task A_checksum_is_checked()
    {
        string url = $"{bin.Url}/base64/{Convert.ToBase64String("data"u8)}";
        Ran wrong = await Ran.InProcessAsync("download", url, "-o", Target, "--checksum", "sha256=" + new string('0', 64));
        Assert.Equal(1, wrong.Code);
        Assert.Empty(Directory.GetFiles(_folder));

        Ran right = await Ran.InProcessAsync("download", url, "-o", Target, "--checksum", "sha256=" + Convert.ToHexString(SHA256.HashData("data"u8)));
        Assert.Equal(0, right.Code);
        Assert.Contains("sha256 is right", right.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_cut_connection_left_is_kept_and_said()
    {
        await using CuttingServer server = new(new byte[4 << 20], longestAnswer: 2 << 20) { MostAnswers = 1 };
        Ran ran = await Ran.InProcessAsync("download", server.Url, "-o", Target);

        Assert.Equal(4, ran.Code);
        Assert.Contains($"What has come is kept in {Target}.part", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--checksum", "sha256=12")]
    [InlineData("-x", "0")]
    [InlineData("-x", "33")]
    [InlineData("-j", "many")]
    public async Task A_value_that_makes_no_sense_is_an_error_of_usage(params string[] option)
    {
        Ran ran = await Ran.InProcessAsync(["download", bin.Url + "/bytes/1", "-o", Target, .. option]);

        Assert.Equal(64, ran.Code);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("-o", "x")]
    [InlineData("--checksum", "md5=00000000000000000000000000000000")]
    public async Task What_names_one_file_is_not_for_several(params string[] option) =>
        Assert.Equal(64, (await Ran.InProcessAsync(["download", bin.Url + "/bytes/1", bin.Url + "/bytes/2", .. option])).Code);

    [Fact]
    public async Task A_terminal_sees_a_bar_and_nothing_that_a_server_injects()
    {
        await using FaultyServer server = FaultyServer.Start(
            "HTTP/1.1 200 OK\r\nContent-Disposition: attachment; filename*=UTF-8''..%2f%1b%5b31mred%1b%5d0%3btitle%07.txt\r\nContent-Length: 4\r\nConnection: close\r\n\r\ndata");
        await using CommandProcess command = CommandProcess.StartOnTerminal("xterm-256color", "download", server.Url, "-P", _folder);
        Ran ran = await command.EndAsync();

        Assert.Equal(0, ran.Code);
        Assert.Contains("100%", ran.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\e]0;", ran.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[31m", ran.Text, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(_folder, "[31mred]0;title.txt")], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task Ctrl_C_keeps_what_has_come()
    {
        byte[] content = new byte[8 << 20];
        await using CuttingServer server = new(content, int.MaxValue) { Pause = TimeSpan.FromMilliseconds(40) };
        await using CommandProcess command = CommandProcess.StartInterruptible("download", server.Url, "-o", Target);
        while (!File.Exists(Target + ".part") || new FileInfo(Target + ".part").Length == 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        await command.SignalAsync("INT");
        Ran ran = await command.EndAsync();

        Assert.Equal(130, ran.Code);
        Assert.Contains($"What has come is kept in {Target}.part", ran.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Target + ".part.json"));
    }
}
