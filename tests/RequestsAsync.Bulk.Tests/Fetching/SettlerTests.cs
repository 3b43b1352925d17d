namespace RequestsAsync.Bulk.Tests;

public sealed class SettlerTests
{
    [Fact]
    public async Task No_record_is_in_the_output_before_the_contents_are_durable()
    {
        using JobFolder folder = new();
        string output = Path.Combine(folder.Path, "out.jsonl");
        await using LocalFrontier frontier = await LocalFrontier.OpenAsync(folder.Path);
        BulkRequest[] requests = [.. Enumerable.Range(1, 3).Select(Request)];
        await frontier.EnqueueAsync(requests, 3);
        HostLease lease = Assert.Single((await frontier.LeaseAsync(new() { Worker = "w", MaxHosts = 1 })).Hosts);
        HostTurn host = new(lease.Key, null, new() { Worker = "w" });
        // More than the output keeps before it writes.
        FetchResult[] results = [.. lease.Requests.Select(leased => new FetchResult
        {
            Host = host,
            Leased = leased,
            Record = new() { Request = leased.Request, Status = 200, Body = new byte[300_000] },
        })];
        await using JsonLinesFile file = JsonLinesFile.Open(output, mustExist: false);
        await using ObservingSink sink = new(output);
        using Settler settler = new(frontier, file, [sink], TimeProvider.System);

        await settler.SettleAsync(results, new() { Worker = "w" }, CancellationToken.None);

        Assert.Equal([0L], sink.OutputLengths);
        Assert.Equal(3, sink.Stored);
        Assert.InRange(new FileInfo(output).Length, 600_000, long.MaxValue);
        Assert.Equal(new FileInfo(output).Length, frontier.CommittedOutput);
        Assert.Equal(3, (await frontier.GetStatsAsync()).Done);
    }

    private static BulkRequest Request(int line) => new() { Id = RequestId.Of("GET", $"https://h/{line}", []), Url = $"https://h/{line}", Host = "h", Line = line };

    private sealed class ObservingSink(string output) : IBodySink
    {
        public List<long> OutputLengths { get; } = [];

        public int Stored { get; private set; }

        public ValueTask StoreAsync(BulkRecord record, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
        {
            Stored++;
            return ValueTask.CompletedTask;
        }

        public ValueTask FlushAsync(CancellationToken cancellationToken = default)
        {
            OutputLengths.Add(new FileInfo(output).Length);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
