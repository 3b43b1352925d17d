namespace RequestsAsync.SideBySide;

/// <summary>A client's process: it warms up, measures, and prints one line.</summary>
internal static class ClientCommand
{
    public static async Task<int> RunAsync(LoadSettings settings)
    {
        Measurement measurement = settings.Client == "requests-loop"
            ? await EventLoop.RunAsync(() => MeasureAsync(settings), new() { PollSockets = true })
            : await MeasureAsync(settings);
        await Console.Out.WriteLineAsync(MeasurementJson.Write(measurement));
        return measurement.Errors == 0 ? 0 : 1;
    }

    private static Task<Measurement> MeasureAsync(LoadSettings settings) => settings.Shape switch
    {
        LoadShape.Batch => MeasureBatchesAsync(settings),
        LoadShape.InFlight => MeasureInFlightAsync(settings),
        _ => MeasurePeerAsync(settings),
    };

    private static async Task<Measurement> MeasurePeerAsync(LoadSettings settings)
    {
        using Peer peer = Peers.Create(settings);
        return await MeasureAsync(LoadOf(peer, settings), settings);
    }

    private static ILoad LoadOf(Peer peer, LoadSettings settings) => settings switch
    {
        { Client: "requests-sync", Shape: LoadShape.Text } => new BlockingLoad(peer.GetText, settings.Connections, settings.Expected),
        { Shape: LoadShape.Text } => new SteadyLoad(peer.GetTextAsync, settings.Connections, settings.Expected),
        { Shape: LoadShape.Json } => new SteadyLoad(peer.GetJsonAsync, settings.Connections, settings.Expected),
        { Shape: LoadShape.Bytes } => new SteadyLoad(peer.GetBytesAsync, settings.Connections, settings.Expected),
        { Shape: LoadShape.Download, Target: { } target } => new DownloadLoad(() => peer.DownloadAsync(target), settings.Expected),
        { Shape: LoadShape.Discard } => new DownloadLoad(peer.DiscardAsync, settings.Expected),
        _ => throw new FormatException($"{settings.Client} has no load of the shape {settings.Shape.Word()}."),
    };

    private static async Task<Measurement> MeasureBatchesAsync(LoadSettings settings)
    {
        await using Session session = Sessions.Create(settings);
        return await MeasureAsync(new BatchLoad(session, settings.Url, settings.Connections, settings.Client), settings);
    }

    private static async Task<Measurement> MeasureInFlightAsync(LoadSettings settings)
    {
        using Peer peer = Peers.Create(settings);
        await using HoldingControl control = await HoldingControl.ConnectAsync(settings.ControlPort);
        return await new InFlightLoad(peer, control, settings).MeasureAsync();
    }

    private static async Task<Measurement> MeasureAsync(ILoad load, LoadSettings settings)
    {
        await WarmUp.RunAsync(load.RunAsync, settings.WarmUp);
        load.Tally.Clear();
        Meter meter = new();
        await load.RunAsync(settings.Measured);
        return meter.Read(load.Tally);
    }
}
