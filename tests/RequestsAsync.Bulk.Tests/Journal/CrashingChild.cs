using System.Globalization;
using System.Runtime.CompilerServices;

namespace RequestsAsync.Bulk.Tests;

/// <summary>
/// What this executable does when it is started with a job's folder in the environment: it works on the job without end, and writes a line for all that the frontier
/// promised, until it is killed.
/// </summary>
internal static class CrashingChild
{
    internal const string FolderVariable = "BULK_TESTS_CRASHING_CHILD";

    // Before any test framework has begun: a process that is to be killed fifty times should start fast.
    [ModuleInitializer]
    internal static void Start()
    {
        string? folder = Environment.GetEnvironmentVariable(FolderVariable);
        if (folder is null) return;
        WorkAsync(folder).GetAwaiter().GetResult();
        Environment.Exit(0);
    }

    internal static BulkRequest Request(long line)
    {
        string host = string.Create(CultureInfo.InvariantCulture, $"h{line % 17}");
        string url = string.Create(CultureInfo.InvariantCulture, $"https://{host}/{line}");
        return new() { Id = RequestId.Of("GET", url, []), Url = url, Host = host, Line = line };
    }

    private static async Task WorkAsync(string folder)
    {
        await using LocalFrontier frontier = await LocalFrontier.OpenAsync(folder, new() { DeduplicationMemory = 16 << 10, CompactionBytes = 4_000 });
        await using Stream output = Console.OpenStandardOutput();
        using StreamWriter lines = new(output) { AutoFlush = true };
        Task adding = AddAsync(frontier, lines);
        await Task.WhenAll(adding, SettleAsync(frontier, lines));
    }

    private static async Task AddAsync(LocalFrontier frontier, StreamWriter lines)
    {
        long line = (await frontier.GetStatsAsync()).LastLine;
        while (true)
        {
            BulkRequest[] batch = [.. Enumerable.Range(1, 23).Select(i => Request(line + i))];
            await frontier.EnqueueAsync(batch, line += batch.Length);
            Promise(lines, $"E {line}");
        }
    }

    private static async Task SettleAsync(LocalFrontier frontier, StreamWriter lines)
    {
        Settlement[] settlements = [];
        HostRelease[] releases = [];
        for (long position = 0; ; position++)
        {
            LeaseBatch batch = await frontier.LeaseAsync(
                new() { Worker = "w", MaxHosts = 3, MaxRequestsPerHost = 5, Settlements = settlements, Releases = releases, OutputPosition = position });
            if (batch.Refused.Count > 0) throw new InvalidOperationException("A settlement was refused.");
            if (settlements.Length > 0) Promise(lines, "D " + string.Join(' ', settlements.OfType<Settlement.Done>().Select(done => done.Number)));
            // Every seventh is tried twice, and one of each lease is left to return to the front.
            settlements = [.. batch.Hosts.SelectMany(host => host.Requests.Skip(1).Select(request => request.Number % 7 == 0 && request.Attempts == 0
                ? (Settlement)new Settlement.Again(host.Key, request.Number, TimeSpan.Zero, 1, "other", "state")
                : new Settlement.Done(host.Key, request.Number, default)))];
            releases = [.. batch.Hosts.Select(host => new HostRelease(host.Key, TimeSpan.Zero, "notes"))];
        }
    }

    private static void Promise(StreamWriter lines, string line)
    {
        lock (lines) lines.WriteLine(line);
    }
}
