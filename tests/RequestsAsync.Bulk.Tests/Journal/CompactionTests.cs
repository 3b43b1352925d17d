namespace RequestsAsync.Bulk.Tests;

public sealed class CompactionTests : IDisposable
{
    private readonly JobFolder _folder = new();
    private readonly List<(JobFolder Copy, string Expected)> _crashes = [];
    private string _expected = "";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_crash_at_any_step_of_writing_the_journal_anew_leaves_a_whole_job()
    {
        await using (LocalFrontier frontier = await LocalFrontier.OpenAsync(_folder.Path, new() { CompactionBytes = 1, OpenDevice = path => new ObservedDevice(path, Crash) }))
        {
            await frontier.EnqueueAsync([.. Enumerable.Range(0, 40).Select(Request)], 40);
            for (int round = 0; round < 12; round++)
            {
                LeaseBatch batch = await frontier.LeaseAsync(new() { Worker = "w", MaxHosts = 1, MaxRequestsPerHost = 4 });
                HostLease lease = Assert.Single(batch.Hosts);
                // What the call settles is durable in the old journal before the new one is begun.
                _expected = $"{round + 1} {round}";
                await frontier.LeaseAsync(new()
                {
                    Worker = "w",
                    Settlements =
                    [
                        new Settlement.Done(lease.Key, lease.Requests[0].Number, default),
                        new Settlement.Again(lease.Key, lease.Requests[1].Number, TimeSpan.Zero, 1, "moved", "state"),
                    ],
                    Releases = [new(lease.Key, TimeSpan.Zero, "notes")],
                    OutputPosition = round,
                });
            }
        }

        Assert.InRange(_crashes.Count, 12, 200);
        Assert.Contains(_crashes, crash => File.Exists(crash.Copy.NewJournal) && new FileInfo(crash.Copy.NewJournal).Length > LogFile.SignatureBytes);
        foreach ((JobFolder copy, string expected) in _crashes)
        {
            using (copy)
            {
                await using LocalFrontier opened = await LocalFrontier.OpenAsync(copy.Path);
                FrontierStats stats = await opened.GetStatsAsync();
                Assert.Equal(expected, $"{stats.Done} {opened.CommittedOutput}");
                LeaseBatch batch = await opened.LeaseAsync(new() { Worker = "w", MaxHosts = 100, MaxRequestsPerHost = 100 });
                Assert.Equal(40 - stats.Done, batch.Hosts.SelectMany(host => host.Requests).DistinctBy(request => request.Number).Count());
                Assert.False(File.Exists(copy.NewJournal));
            }
        }
    }

    private static BulkRequest Request(int i) => new() { Id = RequestId.Of("GET", $"https://h/{i}", []), Url = $"https://h/{i}", Host = $"h{i % 2}", Line = i + 1 };

    private void Crash()
    {
        if (_expected.Length == 0) return;
        _crashes.Add((_folder.Copy(), _expected));
    }

    private sealed class ObservedDevice(string path, Action step) : LogDevice(path)
    {
        // It is the journal itself once it has taken its place.
        private bool IsNew => Path.EndsWith(".new", StringComparison.Ordinal);

        internal override void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            if (IsNew) step();
            base.Write(bytes[..(bytes.Length / 2)], offset);
            if (IsNew) step();
            base.Write(bytes[(bytes.Length / 2)..], offset + (bytes.Length / 2));
        }

        internal override void Flush()
        {
            if (IsNew) step();
            base.Flush();
            if (IsNew) step();
        }
    }
}
