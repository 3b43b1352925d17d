namespace RequestsAsync.Bulk.Tests;

public sealed class BulkOptionsTests : IDisposable
{
    private readonly JobFolder _folder = new();

    public static TheoryData<string, BulkOptions> Wrong => new()
    {
        { "MaxConcurrency", new() { MaxConcurrency = 0 } },
        { "MaxPerHost", new() { MaxPerHost = 0 } },
        { "MaxRetries", new() { MaxRetries = -1 } },
        { "MaxRedirects", new() { MaxRedirects = -1 } },
        { "MaxBodyBytes", new() { MaxBodyBytes = -1 } },
        { "BatchSize", new() { BatchSize = 0 } },
        { "Delay", new() { Delay = TimeSpan.FromTicks(-1) } },
        { "MaxDelay", new() { MaxDelay = TimeSpan.MaxValue } },
        { "MaxBlock", new() { MaxBlock = TimeSpan.MinValue } },
        { "LeaseDuration", new() { LeaseDuration = TimeSpan.Zero } },
        { "BatchInterval", new() { BatchInterval = Timeout.InfiniteTimeSpan } },
        { "Worker", new() { Worker = "" } },
        { "RobotsProduct", new() { RobotsProduct = "" } },
        { "Bodies", new() { Bodies = BodyPolicy.File } },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task An_option_that_makes_no_sense_is_named(string name, BulkOptions options)
    {
        await using LocalFrontier frontier = await LocalFrontier.OpenAsync(_folder.Path, null, TestContext.Current.CancellationToken);

        ArgumentException error = Assert.Throws<ArgumentException>(() => new BulkWorker(frontier, options));

        Assert.Equal(name, error.ParamName);
    }

    [Theory]
    [InlineData(BodyPolicy.None)]
    [InlineData(BodyPolicy.Hash)]
    [InlineData(BodyPolicy.Inline)]
    public async Task A_place_for_contents_needs_contents(BodyPolicy policy)
    {
        await using LocalFrontier frontier = await LocalFrontier.OpenAsync(_folder.Path, null, TestContext.Current.CancellationToken);
        await using BodyFiles files = new(Path.Combine(_folder.Path, "bodies"));

        Assert.Equal("Bodies", Assert.Throws<ArgumentException>(() => new BulkWorker(frontier, new() { Bodies = policy }, new() { Bodies = [files] })).ParamName);
    }
}
