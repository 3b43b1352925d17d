namespace RequestsAsync.Bulk.Tests;

/// <summary>Files that end, or are changed, at every byte where they can.</summary>
public sealed class TornTailTests
{
    [Fact]
    public async Task A_spool_that_ends_at_any_byte_holds_what_was_whole()
    {
        using JobFolder folder = new();
        List<long> ends = [];
        await using (LocalFrontier frontier = await LocalFrontier.OpenAsync(folder.Path))
        {
            for (int batch = 0; batch < 3; batch++)
            {
                ends.Add(new FileInfo(folder.Spool).Length);
                await frontier.EnqueueAsync([.. Enumerable.Range(batch * 2, 2).Select(Request)], (batch + 1) * 2);
            }

            ends.Add(new FileInfo(folder.Spool).Length);
            byte[] spool = Read(folder.Spool), journal = Read(folder.Journal);
            for (int cut = (int)ends[0]; cut <= spool.Length; cut++)
            {
                int batches = ends.Count(end => end <= cut) - 1;
                await using Reopened reopened = await Reopened.OpenAsync(spool[..cut], journal);
                Assert.Equal((batches * 2, batches * 2), (reopened.Stats.Added, reopened.Stats.LastLine));
                Assert.Equal(Enumerable.Range(1, batches * 2), await reopened.WaitingAsync());

                // What was cut off can be added again.
                Assert.Equal(6 - (batches * 2), await reopened.Frontier.EnqueueAsync([.. Enumerable.Range(0, 6).Select(Request)], 6));
            }
        }
    }

    [Fact]
    public async Task A_journal_that_ends_at_any_byte_holds_what_was_whole()
    {
        using JobFolder folder = new();
        List<long> ends = [];
        await using LocalFrontier frontier = await LocalFrontier.OpenAsync(folder.Path);
        await frontier.EnqueueAsync([.. Enumerable.Range(0, 6).Select(Request)], 6);
        HostLease lease = (await frontier.LeaseAsync(new() { Worker = "w", MaxHosts = 1 })).Hosts[0];
        for (int batch = 0; batch < 3; batch++)
        {
            ends.Add(new FileInfo(folder.Journal).Length);
            await frontier.LeaseAsync(new()
            {
                Worker = "w",
                Settlements =
                [
                    new Settlement.Done(lease.Key, lease.Requests[batch * 2].Number, default),
                    new Settlement.Again(lease.Key, lease.Requests[(batch * 2) + 1].Number, TimeSpan.Zero, 1, "h", "state"),
                ],
                OutputPosition = batch + 1,
            });
        }

        ends.Add(new FileInfo(folder.Journal).Length);
        byte[] spool = Read(folder.Spool), journal = Read(folder.Journal);
        for (int cut = (int)ends[0]; cut <= journal.Length; cut++)
        {
            int batches = ends.Count(end => end <= cut) - 1;
            await using Reopened reopened = await Reopened.OpenAsync(spool, journal[..cut]);
            Assert.Equal((6, batches), (reopened.Stats.Added, reopened.Stats.Done));
            Assert.Equal(batches, reopened.Frontier.CommittedOutput);
            Assert.Equal(Enumerable.Range(0, 6).Where(i => i % 2 == 1 || i >= batches * 2).Select(i => i + 1), await reopened.WaitingAsync());
        }
    }

    [Theory]
    [InlineData(JobFiles.Spool)]
    [InlineData(JobFiles.Journal)]
    public async Task A_byte_that_was_changed_is_noticed_wherever_it_is(string file)
    {
        using JobFolder folder = new();
        await using (LocalFrontier frontier = await LocalFrontier.OpenAsync(folder.Path))
        {
            for (int batch = 0; batch < 3; batch++)
            {
                await frontier.EnqueueAsync([.. Enumerable.Range(batch * 2, 2).Select(Request)], (batch + 1) * 2);
                HostLease lease = (await frontier.LeaseAsync(new() { Worker = "w", MaxHosts = 1 })).Hosts[0];
                await frontier.LeaseAsync(new() { Worker = "w", Settlements = [new Settlement.Done(lease.Key, lease.Requests[0].Number, default)], Releases = [new(lease.Key, default)] });
            }
        }

        // The job was closed in order: its last frames say that all before them was durable. They alone may look like torn ones, and hold nothing.
        byte[] spool = Read(folder.Spool), journal = Read(folder.Journal);
        byte[] bytes = file == JobFiles.Spool ? spool : journal;
        int last = LastFrame(bytes);
        for (int at = 0; at < last; at++)
        {
            byte[] changed = [.. bytes];
            changed[at] ^= 0x10;
            FrontierException exception = await Assert.ThrowsAsync<FrontierException>(
                () => Reopened.OpenAsync(file == JobFiles.Spool ? changed : spool, file == JobFiles.Journal ? changed : journal));
            Assert.Contains(file, exception.Message, StringComparison.Ordinal);
            if (at >= LogFile.SignatureBytes) Assert.Matches("is damaged at byte [0-9]+", exception.Message);
        }
    }

    [Fact]
    public async Task A_spool_that_lost_its_end_is_noticed()
    {
        using JobFolder folder = new();
        await using (LocalFrontier frontier = await LocalFrontier.OpenAsync(folder.Path)) await frontier.EnqueueAsync([Request(1)], 1);

        FrontierException exception = await Assert.ThrowsAsync<FrontierException>(
            () => Reopened.OpenAsync(Read(folder.Spool)[..LogFile.SignatureBytes], Read(folder.Journal)));

        Assert.Contains("was cut or replaced", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_a_spool_that_was_durable_is_not_cut_off_when_it_is_damaged()
    {
        using JobFolder folder = new(), damaged = new();
        await using LocalFrontier frontier = await LocalFrontier.OpenAsync(folder.Path);
        await frontier.EnqueueAsync([Request(0), Request(1)], 2);
        await frontier.EnqueueAsync([Request(2)], 3);
        await frontier.CompleteInputAsync();
        byte[] spool = Read(folder.Spool);
        spool[^1] ^= 1;
        await File.WriteAllBytesAsync(damaged.Spool, spool);
        await File.WriteAllBytesAsync(damaged.Journal, Read(folder.Journal));

        FrontierException exception = await Assert.ThrowsAsync<FrontierException>(() => LocalFrontier.OpenAsync(damaged.Path).AsTask());

        Assert.Matches("requests.spool' is damaged at byte [0-9]+", exception.Message);
        Assert.Equal(spool, await File.ReadAllBytesAsync(damaged.Spool));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(LogFile.SignatureBytes)]
    public async Task A_journal_that_was_lost_is_noticed(int left)
    {
        using JobFolder folder = new();
        await using (LocalFrontier frontier = await LocalFrontier.OpenAsync(folder.Path)) await frontier.EnqueueAsync([Request(1)], 1);

        FrontierException exception = await Assert.ThrowsAsync<FrontierException>(() => Reopened.OpenAsync(Read(folder.Spool), Read(folder.Journal)[..left]));

        Assert.Contains(JobFiles.Journal, exception.Message, StringComparison.Ordinal);
        Assert.Contains("what is done cannot be told", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_was_damaged_while_the_job_was_open_stops_it_and_loses_nothing()
    {
        using JobFolder folder = new();
        await using LocalFrontier frontier = await LocalFrontier.OpenAsync(folder.Path);
        await frontier.EnqueueAsync([Request(1) with { Host = "a" }, Request(2) with { Host = "b" }], 2);
        using (FileStream spool = new(folder.Spool, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))
        {
            spool.Position = spool.Length - 3;
            spool.WriteByte((byte)'!');
        }

        LeaseBatch batch = await frontier.LeaseAsync(new() { Worker = "w", MaxHosts = 5 });
        HostLease lease = Assert.Single(batch.Hosts);
        Assert.Equal("a", lease.Key.Host);

        FrontierException exception = await Assert.ThrowsAsync<FrontierException>(() => frontier.LeaseAsync(new() { Worker = "w", MaxHosts = 5 }).AsTask());
        Assert.Matches("requests.spool' is damaged at byte [0-9]+", exception.Message);
    }

    [Fact]
    public async Task A_file_of_another_kind_is_refused()
    {
        using JobFolder folder = new();
        await File.WriteAllTextAsync(folder.Journal, "This is a diary.");

        FrontierException exception = await Assert.ThrowsAsync<FrontierException>(() => LocalFrontier.OpenAsync(folder.Path).AsTask());

        Assert.Contains("no file of a job", exception.Message, StringComparison.Ordinal);
        Assert.Equal("This is a diary.", await File.ReadAllTextAsync(folder.Journal));
    }

    private static BulkRequest Request(int i) => new() { Id = RequestId.Of("GET", $"https://h/{i}", []), Url = $"https://h/{i}", Host = "h", Line = i + 1 };

    private static byte[] Read(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static int LastFrame(byte[] bytes)
    {
        int last = LogFile.SignatureBytes;
        for (int at = last; at < bytes.Length; at += LogFile.HeaderBytes + BitConverter.ToInt32(bytes, at + 4)) last = at;
        return last;
    }

    private sealed class Reopened(JobFolder folder, LocalFrontier frontier, FrontierStats stats) : IAsyncDisposable
    {
        public LocalFrontier Frontier => frontier;

        public FrontierStats Stats => stats;

        public static async Task<Reopened> OpenAsync(byte[] spool, byte[] journal)
        {
            JobFolder folder = new();
            try
            {
                await File.WriteAllBytesAsync(folder.Spool, spool);
                await File.WriteAllBytesAsync(folder.Journal, journal);
                LocalFrontier frontier = await LocalFrontier.OpenAsync(folder.Path);
                return new(folder, frontier, await frontier.GetStatsAsync());
            }
            catch
            {
                folder.Dispose();
                throw;
            }
        }

        public async Task<IEnumerable<int>> WaitingAsync() =>
            (await frontier.LeaseAsync(new() { Worker = "w", MaxHosts = 9 })).Hosts.SelectMany(host => host.Requests).Select(request => (int)request.Number).Order();

        public async ValueTask DisposeAsync()
        {
            await frontier.DisposeAsync();
            folder.Dispose();
        }
    }
}
