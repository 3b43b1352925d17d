namespace RequestsAsync.SideBySide;

/// <summary>So many requests under way at once to a server that answers none before all are there, and the memory that they hold meanwhile.</summary>
/// <param name="peer">The client.</param>
/// <param name="control">The server's orders.</param>
/// <param name="settings">How many requests, and the length of their bodies.</param>
internal sealed class InFlightLoad(Peer peer, HoldingControl control, LoadSettings settings)
{
    private const int BurstLength = 1_000;
    private const int BurstAtOnce = 50;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly LoadTally _tally = new();

    public async Task<Measurement> MeasureAsync()
    {
        await WarmUp.RunAsync(_ => SendBurstAsync(), settings.WarmUp);

        await control.HoldAsync();
        Meter meter = new();
        long resident = ProcessMemory.Resident;
        long live = GC.GetTotalMemory(forceFullCollection: false); // the meter has collected

        Task[] underWay = Send(settings.Connections);
        await WaitForAllAsync();
        long growth = ProcessMemory.Resident - resident;
        long liveGrowth = GC.GetTotalMemory(forceFullCollection: true) - live;

        await control.ReleaseAsync();
        await Task.WhenAll(underWay);
        _tally.Add(settings.Connections);
        return meter.Read(_tally) with { GrowthBytes = growth, LiveBytes = liveGrowth };
    }

    private async Task SendBurstAsync()
    {
        for (int sent = 0; sent < BurstLength; sent += BurstAtOnce)
            await Task.WhenAll(Send(BurstAtOnce));
    }

    private Task[] Send(int count)
    {
        Task[] tasks = new Task[count];
        for (int i = 0; i < count; i++)
            tasks[i] = SendOneAsync();
        return tasks;
    }

    private async Task SendOneAsync()
    {
        try
        {
            _tally.Check(await peer.GetTextAsync(), settings.Expected);
        }
        catch (Exception e)
        {
            _tally.Fail(e.ToString());
        }
    }

    private async Task WaitForAllAsync()
    {
        using CancellationTokenSource limit = new(Limit);
        while (await control.CountAsync() is var waiting && waiting < settings.Connections)
        {
            if (_tally.FirstError is { } error) throw new InvalidOperationException($"{waiting} requests are under way, and one failed: {error}");
            if (limit.IsCancellationRequested) throw new TimeoutException($"After {Limit.TotalSeconds:0} s only {waiting} requests are under way.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }
    }
}
