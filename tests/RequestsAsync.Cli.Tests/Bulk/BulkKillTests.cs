using System.Text.Json;

namespace RequestsAsync.Cli.Tests;

/// <summary>kill -9 at any moment, go on: every URL has exactly one record, and little was fetched twice.</summary>
public sealed class BulkKillTests : IDisposable
{
    private const int Kills = 50;
    private const int Urls = 20_000;
    private const int BatchSize = 2048; // the command's

    private readonly string _folder = Directory.CreateTempSubdirectory("bulk-kill").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_job_that_is_killed_again_and_again_comes_to_one_record_for_each_url()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        await using CountingServer server = await CountingServer.StartAsync(token);
        server.Takes = TimeSpan.FromMilliseconds(20);
        await File.WriteAllLinesAsync(Input, Enumerable.Range(0, Urls).Select(i => $"{server.Url}/{i}"), token);

        Random random = new(7);
        int killed = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            int before = server.Counts.Count;
            await using CommandProcess command = Start();
            while (server.Counts.Count == before && before < Urls) await Task.Delay(1, token);
            await Task.Delay(random.Next(60), token);
            await command.SignalAsync("KILL");
            if ((await command.EndAsync()).Code == 137) killed++;
        }

        server.Takes = TimeSpan.Zero;
        await using CommandProcess last = Start();
        Ran ran = await last.EndAsync();
        Assert.True(ran.Code == 0, ran.Error);
        await using CommandProcess merge = CommandProcess.Start("bulk", "merge", Output, "-o", Merged);
        Assert.Equal(0, (await merge.EndAsync()).Code);

        string[] urls = [.. File.ReadLines(Merged).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("url").GetString()!)];
        Assert.Equal(Kills, killed);
        Assert.Equal(Urls, urls.Length);
        Assert.Equal(Urls, urls.Distinct().Count());
        Assert.Equal(Urls, server.Counts.Count);
        Assert.InRange(server.Counts.Values.Sum() - Urls, 0, Kills * BatchSize);
    }

    private string Input => Path.Combine(_folder, "urls.txt");

    private string Output => Path.Combine(_folder, "out.jsonl");

    private string Merged => Path.Combine(_folder, "merged.jsonl");

    private CommandProcess Start() => CommandProcess.Start("bulk", Input, "-o", Output, "--resume", "--per-host", "64", "-c", "64");
}
