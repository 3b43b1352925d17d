using System.Security.Cryptography;

namespace RequestsAsync.Cli.Tests;

/// <summary>kill -9 at any point, run again: the file is right.</summary>
public sealed class KillTests : IDisposable
{
    private const int Length = 20 << 20;
    private const int Kills = 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("kill").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_download_that_is_killed_again_and_again_comes_to_the_right_file(int segments)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        byte[] content = new byte[Length];
        new Random(1).NextBytes(content);
        await using CuttingServer server = new(content, longestAnswer: 6 << 20) { Pause = TimeSpan.FromMilliseconds(20 * segments) };
        Random random = new(segments);
        for (int kill = 0; kill < Kills; kill++)
        {
            int answers = server.Answers;
            await using CommandProcess command = Start(server, segments);
            while (server.Answers == answers) await Task.Delay(1, token);
            await Task.Delay(random.Next(300), token);
            await command.SignalAsync("KILL");
            Assert.Equal(137, (await command.EndAsync()).Code);
            Assert.False(File.Exists(Target));
        }

        server.Pause = TimeSpan.Zero;
        await using CommandProcess last = Start(server, segments);
        Ran ran = await last.EndAsync();

        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Equal(SHA256.HashData(content), SHA256.HashData(await File.ReadAllBytesAsync(Target, token)));
        Assert.Equal([Target], Directory.GetFiles(_folder));
        Assert.NotEqual(0, server.Cuts);
        Assert.NotEqual(0, server.Continued);
    }

    private string Target => Path.Combine(_folder, "data.bin");

    private CommandProcess Start(CuttingServer server, int segments) => CommandProcess.Start("download", server.Url, "-q", "-o", Target, "-x", segments.ToString());
}
