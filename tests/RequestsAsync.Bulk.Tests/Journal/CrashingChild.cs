using System.Globalization;
using System.Runtime.CompilerServices;

namespace RequestsAsync.Bulk.Tests;

/// <summary>
/// What this executable does when it is started with a job's folder in the environment: it works on the job without end, and writes a line for all that the frontier
/// promised, until it is killed.
/// </summary>
internal static class CrashingChild
{
    private const int Batch = 23;
    internal const string FolderVariable = "BULK_TESTS_CRASHING_CHILD";

    // Before any test framework has begun: a process that is to be killed fifty times should start fast. Until this has ended no other thread may run any code of this
    // assembly, so that it must not await: the rest of an async method would wait for ever on the thread pool.
    [ModuleInitializer]
    internal static void Start()
    {
        string? folder = Environment.GetEnvironmentVariable(FolderVariable);
        if (folder is not null) Work(folder);
    }

    internal static BulkRequest Request(long line)
    {
        string host = string.Create(CultureInfo.InvariantCulture, $"h{line % 17}");
        string url = string.Create(CultureInfo.InvariantCulture, $"https://{host}/{line}");
        return new() { Id = RequestId.Of("GET", url, []), Url = url, Host = host, Line = line };
    }

    // Two calls are in flight all the time, of one that adds and one that settles.
    private static void Work(string folder)
    {
        LocalFrontier frontier = LocalFrontier.OpenAsync(folder, new() { DeduplicationMemory = 16 << 10, CompactionBytes = 4_000 }).AsTask().Result;
        using StreamWriter lines = new(Console.OpenStandardOutput()) { AutoFlush = true };
        long line = frontier.GetStatsAsync().AsTask().Result.LastLine;
        LeaseQuery query = new() { Worker = "w", MaxHosts = 3, MaxRequestsPerHost = 5, OutputPosition = 0 };
        Task<int> adding = Add();
        Task<LeaseBatch> settling = frontier.LeaseAsync(query).AsTask();
        while (true)
        {
            if (Task.WaitAny(adding, settling) == 0)
            {
                if (adding.Result != Batch) throw new InvalidOperationException("A request was known that was never added.");
                lines.WriteLine($"E {line += Batch}");
                adding = Add();
            }
            else
            {
                if (settling.Result.Refused.Count > 0) throw new InvalidOperationException("A settlement was refused.");
                if (query.Settlements.Count > 0) lines.WriteLine("D " + string.Join(' ', query.Settlements.OfType<Settlement.Done>().Select(done => done.Number)));
                query = Settle(query, settling.Result);
                settling = frontier.LeaseAsync(query).AsTask();
            }
        }

        Task<int> Add() => frontier.EnqueueAsync([.. Enumerable.Range(1, Batch).Select(i => Request(line + i))], line + Batch).AsTask();
    }

    // Every seventh is tried twice, and one of each lease is left to return to the front.
    private static LeaseQuery Settle(LeaseQuery last, LeaseBatch batch) => last with
    {
        Settlements = [.. batch.Hosts.SelectMany(host => host.Requests.Skip(1).Select(request => request.Number % 7 == 0 && request.Attempts == 0
            ? (Settlement)new Settlement.Again(host.Key, request.Number, TimeSpan.Zero, 1, "other", "state")
            : new Settlement.Done(host.Key, request.Number, default)))],
        Releases = [.. batch.Hosts.Select(host => new HostRelease(host.Key, TimeSpan.Zero, "notes"))],
        OutputPosition = last.OutputPosition + 1,
    };
}
