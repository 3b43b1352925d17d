namespace RequestsAsync.Samples.Tests;

/// <summary>Runs every sample against httpbin and compares what it prints with what its article shows.</summary>
public sealed class SampleTests(SampleFolder samples) : IClassFixture<SampleFolder>
{
    private const string Tick = @"Running in the background\.\.\.\n";
    private const string Greeting = "/base64/Qm9uam91ciE="; // Bonjour!
    private const string Page = "/drip?duration=0&numbytes=51225";
    private const string SlowPage = "/drip?delay=0.5&duration=0.3&numbytes=51435";
    private const string Short = "/drip?duration=0&numbytes=1";
    private const string LateAndLonger = "/drip?delay=0.1&duration=0&numbytes=2";
    private const string LatestAndLongest = "/drip?delay=0.3&duration=0&numbytes=3";

    private const string WholeRequest =
        @"http://[^/]+/get\?q=cr%C3%A8me\+br%C3%BBl%C3%A9e&page=2\n"
        + @"\{[\s\S]*""Accept-Language"": ""fr""[\s\S]*""Cookie"": ""theme=dark""[\s\S]*\}\n\n";

    /// <summary>The sample, the URLs it is given, and the shape of its whole output.</summary>
    public static TheoryData<string, string[], string> Runs => new()
    {
        { "000-1-to-thread", [Greeting], @"200\nBonjour!\n" },
        { "000-2-client-session", [Greeting], @"Bonjour!\n" },
        { "000-3-await-get", [Greeting], @"200\nBonjour!\n" },
        { "001-1-plain-get", [Page], @"Status Code: 200\nContent Length: 51225\n" },
        { "001-1-plain-get", ["/status/404"], @"Status Code: 404\nContent Length: \d+\n" },
        { "001-2-blocking-get-in-loop", [Page], @"Status Code: 200\nContent Length: 51225\n" },
        { "001-3-blocked-background", [SlowPage], $@"{Tick}Starting request\nStatus Code: 200\nContent Length: 51435\n" },
        { "001-4-to-thread", [SlowPage], $@"{Tick}Starting request\n({Tick}){{4,}}Status Code: 200\nContent Length: 51435\n" },
        { "001-5-await-get", [SlowPage], $@"{Tick}Starting request\n({Tick}){{4,}}Status Code: 200\nContent Length: 51435\n" },
        { "001-6-task", [SlowPage], $@"{Tick}Starting request\n({Tick}){{4,}}Status Code: 200\nContent Length: 51435\n" },
        { "002-1-get", [Page], @"200\n\*{200}\n" },
        { "002-1-get", [Greeting], @"200\nBonjour!\n" },
        { "002-2-post", ["/post"], @"200\n" },
        { "002-3-without-urllib", ["/get"], WholeRequest },
        { "002-3-without-urllib", ["/status/404"], @"GET http://[^/]+/status/404\?\S+ answered 404 [^\n]*\n" },
        { "002-4-session", ["/cookies/set?theme=dark&lang=fr"], @"Cookies: 2\n" },
        { "003-1-gather", [LatestAndLongest, LateAndLonger, Short], @"\*\*\*\n\*\*\n\*\n" },
        { "004-1-say-after", [], @"Started at \d\d:\d\d:\d\d\nHello\nWorld\nFinished at \d\d:\d\d:\d\d\n" },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task Sample_prints_what_its_article_shows(string name, string[] paths, string shape)
    {
        DotnetRun run = await samples.RunAsync(name, paths);

        Assert.Matches($@"\A{shape}\z", run.Output);
    }

    [Fact]
    public async Task Two_tasks_take_as_long_as_the_longer_one()
    {
        DotnetRun run = await samples.RunAsync("004-1-say-after");

        Assert.InRange(run.Lines[^1].At - run.Lines[0].At, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(2.9));
    }

    [Fact]
    public void Every_sample_is_run() =>
        Assert.Equal(SampleFolder.Names, Runs.Select(run => run.Data.Item1).Distinct(StringComparer.Ordinal), StringComparer.Ordinal);

    [Fact]
    public void Every_sample_is_in_the_readme()
    {
        string readMe = SampleFolder.ReadMe;

        Assert.All(SampleFolder.Names, name => Assert.Contains($"({name}.cs)", readMe, StringComparison.Ordinal));
    }
}
