namespace RequestsAsync.SideBySide;

/// <summary>One large body: each time that it runs one, however long it takes.</summary>
/// <param name="download">Asks for it, and gives its length.</param>
/// <param name="expected">How long it has to be.</param>
internal sealed class DownloadLoad(Func<Task<long>> download, long expected) : ILoad
{
    public LoadTally Tally { get; } = new();

    public async Task RunAsync(TimeSpan duration)
    {
        Tally.Check(await download(), expected);
        Tally.Add(1);
    }
}
