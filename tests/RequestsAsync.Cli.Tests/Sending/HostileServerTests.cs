using System.IO.Compression;
using System.Text;

namespace RequestsAsync.Cli.Tests;

/// <summary>What a server may try against whoever sits at the terminal.</summary>
public sealed class HostileServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Escape_sequences_are_shown_and_not_obeyed()
    {
        byte[] answer = Encoding.Latin1.GetBytes("HTTP/1.1 200 \u009b2J\r\nX-Title: \u009d0;owned\u009c\r\nContent-Type: text/plain\r\nContent-Length: 17\r\n\r\n\e]0;owned\a\e[2J\u007f\r!");
        await using FaultyServer server = FaultyServer.Start(answer);

        Ran ran = await Ran.OnTerminalAsync(server.Url);

        Assert.Contains(@"\x1b]0;owned\x07\x1b[2J", ran.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(ran.Text, static c => char.IsControl(c) && c is not ('\n' or '\t'));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Headers_without_end_are_refused(bool isOneField)
    {
        string more = isOneField ? new string('x', 8 << 20) : string.Concat(Enumerable.Range(0, 300_000).Select(static i => $"X-{i}: {i}\r\n"));
        await using FaultyServer server = FaultyServer.Start($"HTTP/1.1 200 OK\r\nX: {more}\r\n\r\n");

        Ran ran = await Ran.InProcessAsync(server.Url);

        Assert.Equal(1, ran.Code);
        Assert.Empty(ran.Output);
        Assert.Contains("MaxHeaderBytes", ran.Error, StringComparison.Ordinal);
        Assert.InRange(ran.Error.Length, 1, 1000);
    }

    [Fact]
    public async Task A_file_name_does_not_leave_the_folder()
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Disposition: attachment; filename=\"../../x\"\r\nContent-Length: 4\r\nConnection: close\r\n\r\ndata");
        string inner = Directory.CreateDirectory(Path.Combine(_folder.Path, "a", "b")).FullName;

        Ran ran = await Ran.InProcessAsync("download", "-P", inner, server.Url);

        Assert.Equal(0, ran.Code);
        Assert.Equal([Path.Combine(inner, "x")], Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("-p", "b")]
    [InlineData("--pretty=all", "-p", "b")]
    [InlineData("-o", "FILE")]
    [InlineData("-d", "-o", "FILE")]
    public async Task A_decompression_bomb_is_refused(params string[] arguments)
    {
        byte[] bomb = Bomb(64 << 20);
        await using FaultyServer server = FaultyServer.Start([.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n"), .. bomb]);

        Ran ran = await Ran.InProcessAsync([.. arguments.Select(word => word == "FILE" ? Path.Combine(_folder.Path, "f") : word), server.Url]);

        Assert.Equal(1, ran.Code);
        Assert.Contains("bomb", ran.Error, StringComparison.Ordinal);
        Assert.InRange(ran.Output.Length, 0, 32 << 20);
    }

    [Theory]
    [InlineData("file:///etc/passwd", "-F")]
    [InlineData("file:///etc/passwd", "-F", "--all")]
    [InlineData("ftp://127.0.0.1/x", "-F")]
    [InlineData("file:///etc/passwd", "-d")]
    public async Task A_redirect_to_another_scheme_is_refused(string location, params string[] arguments)
    {
        await using FaultyServer server = FaultyServer.Start($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");

        Ran ran = await Ran.InProcessAsync([.. arguments, "-o", Path.Combine(_folder.Path, "f"), server.Url]);

        Assert.Equal(7, ran.Code);
        Assert.Contains(location[..4], ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", ran.Text, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_file_is_no_URL()
    {
        Ran ran = await Ran.InProcessAsync("file:///etc/passwd");

        Assert.Equal(7, ran.Code);
        Assert.Empty(ran.Output);
    }

    private static byte[] Bomb(int length)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.SmallestSize))
            gzip.Write(new byte[length]);
        return packed.ToArray();
    }
}
