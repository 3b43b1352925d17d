using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace RequestsAsync.Cli.Tests;

/// <summary>A disk that is full: it is told, nothing half is left under the name of the file, and with room it goes on.</summary>
public sealed class FullDiskTests(BinFixture bin)
{
    private const int Length = 3 << 20;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("download", "-x", "1")]
    [InlineData("download", "-x", "4")]
    [InlineData("-d")]
    public async Task A_download_keeps_what_has_come_and_goes_on_when_there_is_room(params string[] words)
    {
        byte[] content = RandomNumberGenerator.GetBytes(Length);
        await using CuttingServer server = new(content, longestAnswer: int.MaxValue);
        await using SmallDisk disk = await SmallDisk.MountAsync(1024);
        string target = Path.Combine(disk.Path, "data.bin");
        await using CommandProcess first = CommandProcess.Start([.. words, server.Url, "-o", target]);
        Ran full = await first.EndAsync();

        Assert.Equal(1, full.Code);
        Assert.Contains("the disk is full", full.Error, StringComparison.Ordinal);
        Assert.Contains($"What has come is kept in {target}.part: run the same command again to go on.", full.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(target));
        Assert.True(File.Exists(target + ".part"));

        await disk.GrowAsync(8192);
        await using CommandProcess second = CommandProcess.Start([.. words, server.Url, "-o", target]);
        Ran whole = await second.EndAsync();

        Assert.Equal(0, whole.Code);
        Assert.NotEqual(0, server.Continued);
        Assert.Equal(SHA256.HashData(content), SHA256.HashData(await File.ReadAllBytesAsync(target, Token)));
        Assert.Equal([target], Directory.GetFiles(disk.Path));
    }

    [Fact]
    public async Task The_output_file_of_a_request_is_whole_or_not_there()
    {
        byte[] content = RandomNumberGenerator.GetBytes(Length);
        await using CuttingServer server = new(content, longestAnswer: int.MaxValue);
        await using SmallDisk disk = await SmallDisk.MountAsync(1024);
        string target = Path.Combine(disk.Path, "data.bin");
        await using CommandProcess first = CommandProcess.Start(server.Url, "-o", target);
        Ran full = await first.EndAsync();

        Assert.Equal(1, full.Code);
        Assert.Equal($"requests: {target} cannot be written: No space left on device : '{target}'\n  Nothing of it is kept; --download keeps what has come and goes on from there.\n", full.Error);
        Assert.Empty(Directory.GetFiles(disk.Path));

        await disk.GrowAsync(8192);
        await using CommandProcess second = CommandProcess.Start(server.Url, "-o", target);

        Assert.Equal(0, (await second.EndAsync()).Code);
        Assert.Equal(SHA256.HashData(content), SHA256.HashData(await File.ReadAllBytesAsync(target, Token)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [UnsupportedOSPlatform("windows")]
    public async Task A_file_that_was_there_stays_until_the_body_is_whole(bool isLink)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Who may read a file is another matter there.");

        await using FaultyServer cut = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"u8.ToArray());
        using TemporaryFolder folder = new();
        string target = Path.Combine(folder.Path, "x"), name = isLink ? Path.Combine(folder.Path, "link") : target;
        await File.WriteAllTextAsync(target, "old", Token);
        if (isLink) File.CreateSymbolicLink(name, target);
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        string[] files = Directory.GetFiles(folder.Path);

        Ran failed = await Ran.InProcessAsync(cut.Url, "-o", name);
        string kept = await File.ReadAllTextAsync(target, Token);
        Ran whole = await Ran.InProcessAsync($"{bin.Url}/base64/bmV3", "-o", name);

        Assert.Equal((1, "old"), (failed.Code, kept));
        Assert.Equal((0, "new"), (whole.Code, await File.ReadAllTextAsync(target, Token)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(target));
        Assert.Equal(files.Order(), Directory.GetFiles(folder.Path).Order());
        Assert.Equal(isLink, new FileInfo(name).LinkTarget is not null);
    }

    [Fact]
    public async Task A_device_that_is_full_stays()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        await using CommandProcess command = CommandProcess.Start($"{bin.Url}/bytes/1000", "-o", "/dev/full");
        Ran ran = await command.EndAsync();

        Assert.Equal(1, ran.Code);
        Assert.StartsWith("requests: /dev/full cannot be written: No space left on device", ran.Error, StringComparison.Ordinal);
        Assert.True(File.Exists("/dev/full"));
    }

    [Fact]
    public async Task Half_a_body_does_not_stay_under_the_name()
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"u8.ToArray());
        using TemporaryFolder folder = new();
        Ran ran = await Ran.InProcessAsync(server.Url, "-o", Path.Combine(folder.Path, "x"));

        Assert.Equal(1, ran.Code);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
