using System.Diagnostics;

namespace RequestsAsync.Bulk.Tests;

public sealed class FullDiskTests : IDisposable
{
    private readonly JobFolder _folder = new();
    private readonly FullDevice.Disk _disk = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<int> Missing() => [.. Enumerable.Range(0, 39).Select(i => 1 + (i * 4))];

    [Theory]
    [MemberData(nameof(Missing))]
    public async Task What_cannot_be_added_is_not_there_and_can_be_added_once_there_is_room(int missing)
    {
        int room = await FrameBytesAsync() - missing;
        Assert.InRange(room, 0, int.MaxValue);
        await using LocalFrontier frontier = await OpenAsync();
        await frontier.EnqueueAsync([Request(1)], 1);
        long length = new FileInfo(_folder.Spool).Length;
        _disk.Room = room;

        FrontierException exception = await Assert.ThrowsAsync<FrontierException>(() => frontier.EnqueueAsync([Request(1), Request(2), Request(3), Request(4)], 4).AsTask());

        Assert.Contains(_folder.Spool, exception.Message, StringComparison.Ordinal);
        Assert.Contains("No space left", exception.Message, StringComparison.Ordinal);
        Assert.Contains("make room", exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(length, new FileInfo(_folder.Spool).Length);
        FrontierStats stats = await frontier.GetStatsAsync();
        Assert.Equal(1, stats.Added);
        Assert.Equal(1, stats.LastLine);

        _disk.Room = long.MaxValue;
        Assert.Equal(3, await frontier.EnqueueAsync([Request(1), Request(2), Request(3), Request(4)], 4));
        await AssertWholeAsync(frontier, added: 4, done: 0);
    }

    [Fact]
    public async Task Calls_that_failed_together_can_be_made_again_although_their_ids_went_to_the_disk()
    {
        await using LocalFrontier frontier = await LocalFrontier.OpenAsync(_folder.Path, new() { OpenDevice = path => new FullDevice(path, _disk), DeduplicationMemory = 16 << 10 });
        using HeldFlush held = new(_disk);
        Task<int> first = frontier.EnqueueAsync([Request(1)], 1).AsTask();
        await held.ReachedAsync();
        // These gather while the first is being written. The ids of the second fit no more beside those of the first.
        BulkRequest[][] batches = [[.. Enumerable.Range(2, 700).Select(Request)], [.. Enumerable.Range(702, 700).Select(Request)]];
        Task<int>[] together = [.. batches.Select(batch => frontier.EnqueueAsync(batch, batch[^1].Line).AsTask())];
        _disk.Room = 100;
        held.Release();

        Assert.Equal(1, await first);
        foreach (Task<int> call in together) await Assert.ThrowsAsync<FrontierException>(() => call);
        _disk.Room = long.MaxValue;
        foreach (BulkRequest[] batch in batches) Assert.Equal(700, await frontier.EnqueueAsync(batch, batch[^1].Line));
        foreach (BulkRequest[] batch in batches) Assert.Equal(0, await frontier.EnqueueAsync(batch, batch[^1].Line));
        await AssertWholeAsync(frontier, added: 1401, done: 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_cannot_be_settled_is_still_held_and_can_be_settled_once_there_is_room(bool isFlush)
    {
        await using LocalFrontier frontier = await OpenAsync();
        await frontier.EnqueueAsync([Request(1), Request(2), Request(3)], 3);
        HostLease lease = Assert.Single((await frontier.LeaseAsync(new() { Worker = "w", MaxHosts = 1 })).Hosts);
        LeaseQuery query = new()
        {
            Worker = "w",
            Settlements = [new Settlement.Done(lease.Key, 1, default), new Settlement.Again(lease.Key, 2, TimeSpan.Zero, 1, "h", "state")],
            Releases = [new(lease.Key, TimeSpan.FromMilliseconds(1), "notes")],
            OutputPosition = 77,
        };
        long length = new FileInfo(_folder.Journal).Length;
        _disk.Room = isFlush ? long.MaxValue : 10;
        _disk.FailsToFlush = isFlush;

        FrontierException exception = await Assert.ThrowsAsync<FrontierException>(() => frontier.LeaseAsync(query).AsTask());

        Assert.Contains(_folder.Journal, exception.Message, StringComparison.Ordinal);
        Assert.Equal(length, new FileInfo(_folder.Journal).Length);
        FrontierStats stats = await frontier.GetStatsAsync();
        Assert.Equal(3, stats.Leased);
        Assert.Equal(0, stats.Done);
        Assert.Equal(1, stats.LeasedHosts);
        Assert.Equal(0, frontier.CommittedOutput);
        Assert.Empty(await frontier.RenewAsync("w", [lease.Key]));

        _disk.Room = long.MaxValue;
        _disk.FailsToFlush = false;
        LeaseBatch batch = await frontier.LeaseAsync(query);
        Assert.Empty(batch.Refused);
        Assert.Empty(batch.Lost);
        Assert.Equal(77, frontier.CommittedOutput);
        await AssertWholeAsync(frontier, added: 3, done: 1);
    }

    [Fact]
    public async Task Nothing_is_written_before_the_tail_is_cut_off()
    {
        await using LocalFrontier frontier = await OpenAsync();
        _disk.Room = 50;
        _disk.FailsToCut = true;
        await Assert.ThrowsAsync<FrontierException>(() => frontier.EnqueueAsync([Request(1)], 1).AsTask());
        _disk.Room = long.MaxValue;
        await Assert.ThrowsAsync<FrontierException>(() => frontier.EnqueueAsync([Request(1)], 1).AsTask());
        await using (LocalFrontier crashed = await LocalFrontier.OpenAsync(CopyPath())) Assert.Equal(0, (await crashed.GetStatsAsync()).Added);

        _disk.FailsToCut = false;
        Assert.Equal(1, await frontier.EnqueueAsync([Request(1)], 1));
        await AssertWholeAsync(frontier, added: 1, done: 0);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_anew_goes_on()
    {
        await using LocalFrontier frontier = await LocalFrontier.OpenAsync(_folder.Path, new() { OpenDevice = Open, CompactionBytes = 1 });

        LogDevice Open(string path) => path.EndsWith(".new", StringComparison.Ordinal) ? throw new IOException("No space left on device") : new LogDevice(path);

        await frontier.EnqueueAsync([Request(1), Request(2)], 2);
        HostLease lease = Assert.Single((await frontier.LeaseAsync(new() { Worker = "w", MaxHosts = 1 })).Hosts);
        await frontier.LeaseAsync(new() { Worker = "w", Settlements = [new Settlement.Done(lease.Key, 1, default)] });
        await AssertWholeAsync(frontier, added: 2, done: 1);
    }

    [Fact]
    public async Task A_job_on_a_disk_of_one_megabyte_fills_it_says_so_and_loses_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root may mount a small disk.");
        string folder = Path.Combine(_folder.Path, "disk");
        Directory.CreateDirectory(folder);
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder) == 0, "This machine lets nobody mount a disk.");
        try
        {
            string ballast = Path.Combine(folder, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[300_000]);
            await using (LocalFrontier frontier = await LocalFrontier.OpenAsync(folder))
            {
                long added = await FillAsync(frontier);
                Assert.Equal(added, (await frontier.GetStatsAsync()).Added);
                File.Delete(ballast);
                Assert.Equal(100, await frontier.EnqueueAsync([.. Enumerable.Range((int)added + 1, 100).Select(Request)], added + 100));
            }

            await using LocalFrontier again = await LocalFrontier.OpenAsync(folder);
            FrontierStats stats = await again.GetStatsAsync();
            Assert.Equal(stats.LastLine, stats.Added);
        }
        finally
        {
            Assert.Equal(0, await RunAsync("umount", folder));
        }

        static async Task<long> FillAsync(LocalFrontier frontier)
        {
            for (int line = 0; line < 100_000; line += 100)
            {
                try
                {
                    await frontier.EnqueueAsync([.. Enumerable.Range(line + 1, 100).Select(Request)], line + 100);
                }
                catch (FrontierException exception)
                {
                    Assert.Contains("requests.spool", exception.Message, StringComparison.Ordinal);
                    return line;
                }
            }

            throw new InvalidOperationException("The disk was never full.");
        }
    }

    private static BulkRequest Request(int line) => new() { Id = RequestId.Of("GET", $"https://h/{line}", []), Url = $"https://h/{line}", Host = "h", Line = line };

    private static async Task<int> RunAsync(string file, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private async Task<LocalFrontier> OpenAsync() => await LocalFrontier.OpenAsync(_folder.Path, new() { OpenDevice = path => new FullDevice(path, _disk) });

    // How many bytes the call of the test above takes in the spool.
    private static async Task<int> FrameBytesAsync()
    {
        using JobFolder folder = new();
        await using LocalFrontier frontier = await LocalFrontier.OpenAsync(folder.Path);
        await frontier.EnqueueAsync([Request(1)], 1);
        long before = new FileInfo(folder.Spool).Length;
        await frontier.EnqueueAsync([Request(1), Request(2), Request(3), Request(4)], 4);
        return (int)(new FileInfo(folder.Spool).Length - before);
    }

    private string CopyPath()
    {
        string path = Path.Combine(_folder.Path, "copy");
        Directory.CreateDirectory(path);
        foreach (string file in (string[])[_folder.Journal, _folder.Spool]) File.Copy(file, Path.Combine(path, Path.GetFileName(file)));
        return path;
    }

    // What is there now is there after a crash as well.
    private async Task AssertWholeAsync(LocalFrontier frontier, int added, int done)
    {
        FrontierStats stats = await frontier.GetStatsAsync();
        Assert.Equal(added, stats.Added);
        Assert.Equal(done, stats.Done);
        using JobFolder copy = _folder.Copy();
        await using LocalFrontier crashed = await LocalFrontier.OpenAsync(copy.Path);
        FrontierStats after = await crashed.GetStatsAsync();
        Assert.Equal((stats.Added, stats.Done, stats.LastLine), (after.Added, after.Done, after.LastLine));
        Assert.Equal(frontier.CommittedOutput, crashed.CommittedOutput);
    }
}
