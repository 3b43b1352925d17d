namespace RequestsAsync.SideBySide;

/// <summary>One large body, read and thrown away: each time that it runs one, however long it takes.</summary>
internal sealed class DownloadLoad(Peer peer, long expected) : ILoad
{
    public LoadTally Tally { get; } = new();

    public async Task RunAsync(TimeSpan duration)
    {
        Tally.Check(await peer.DownloadAsync(), expected);
        Tally.Add(1);
    }
}
