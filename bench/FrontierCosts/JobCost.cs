using System.Diagnostics;
using RequestsAsync.Bulk;

namespace RequestsAsync.FrontierCosts;

/// <summary>A whole job: every request is added, leased and settled in batches of 512, and the folder is opened again when all is done.</summary>
internal static class JobCost
{
    private const int Batch = 512;
    private const int Hosts = 1_000;

    internal static async Task MeasureAsync(int count, bool isDurable)
    {
        string folder = Directory.CreateTempSubdirectory("frontier-costs-").FullName;
        try
        {
            Cost enqueue = new(), lease = new();
            LocalFrontierOptions options = isDurable ? new() : new() { OpenDevice = path => new UnsyncedDevice(path) };
            await using (LocalFrontier frontier = await LocalFrontier.OpenAsync(folder, options))
            {
                await AddAsync(frontier, count, enqueue);
                await SettleAsync(frontier, lease);
            }

            enqueue.Print("enqueue", count);
            lease.Print("lease and settle", count);
            foreach (string file in Directory.GetFiles(folder)) Console.WriteLine($"  {Path.GetFileName(file)}: {new FileInfo(file).Length:N0} bytes");
            Cost open = new();
            open.Start();
            await using (LocalFrontier again = await LocalFrontier.OpenAsync(folder))
            {
                open.Stop();
                if ((await again.GetStatsAsync()).Done != count) throw new InvalidOperationException("Not all is done.");
            }

            open.Print("open again, all settled", count);
            Console.WriteLine($"  peak memory: {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task AddAsync(LocalFrontier frontier, int count, Cost cost)
    {
        string[] hosts = [.. Enumerable.Range(0, Hosts).Select(i => $"host{i}.example.org")];
        for (int line = 0; line < count; line += Batch)
        {
            var batch = new BulkRequest[Math.Min(Batch, count - line)];
            for (int i = 0; i < batch.Length; i++)
            {
                string host = hosts[(line + i) % Hosts];
                string url = $"https://{host}/articles/2026/{line + i}/index.html";
                batch[i] = new() { Id = RequestId.Of("GET", url, []), Url = url, Host = host, Line = line + i + 1 };
            }

            cost.Start();
            await frontier.EnqueueAsync(batch, line + batch.Length);
            cost.Stop();
        }

        await frontier.CompleteInputAsync();
    }

    private static async Task SettleAsync(LocalFrontier frontier, Cost cost)
    {
        List<Settlement> settlements = [];
        List<HostRelease> releases = [];
        while (true)
        {
            LeaseQuery query = new() { Worker = "w", MaxHosts = Batch / 16, MaxRequestsPerHost = 16, Settlements = settlements, Releases = releases };
            cost.Start();
            LeaseBatch batch = await frontier.LeaseAsync(query);
            cost.Stop();
            if (batch.State == FrontierState.Finished) return;
            settlements = [];
            releases = [];
            foreach (HostLease host in batch.Hosts)
            {
                foreach (LeasedRequest request in host.Requests) settlements.Add(new Settlement.Done(host.Key, request.Number, default));
                releases.Add(new(host.Key, TimeSpan.Zero));
            }
        }
    }

    /// <summary>The same without waiting for the disk: what is left is the frontier's own.</summary>
    private sealed class UnsyncedDevice(string path) : LogDevice(path)
    {
        internal override void Flush()
        {
        }
    }
}
