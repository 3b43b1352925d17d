
namespace RequestsAsync.Tests;

/// <summary>The lesson of the articles: a background task ticks while a request runs, and stands still while a blocking call holds the loop.</summary>
public sealed class ArticleTests(ArticleTests.Server server) : IClassFixture<ArticleTests.Server>
{
    private const string Slow = "/delay/0.3";

    public static TheoryData<string, Func<string, Task<Response>>> GoodForms => new()
    {
        { "awaited", static url => Requests.GetAsync(url) },
        { "to thread", static url => EventLoop.ToThreadAsync(() => Requests.Get(url)) },
        { "as a task", static async url => await EventLoop.CreateTask(() => Requests.GetAsync(url)) },
    };

    [Theory]
    [MemberData(nameof(GoodForms))]
    public void The_background_ticks_while_the_request_runs(string form, Func<string, Task<Response>> getAsync) =>
        Assert.True(TicksDuring(getAsync) >= 5, form);

    [Fact]
    public void The_background_stands_still_while_a_blocking_request_holds_the_loop() =>
        Assert.Equal(0, TicksDuring(static url => Task.FromResult(Requests.Get(url))));

    [Fact]
    public async Task A_request_ends_with_the_task_that_it_belongs_to()
    {
        Task run = EventLoop.RunAsync(async () =>
        {
            LoopTask request = EventLoop.CreateTask(ct => Requests.GetAsync(server.Url + "/delay/10", null, ct));
            await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(50));
            request.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await request);
        });
        await run.WaitAsync(TimeSpan.FromSeconds(8), TestContext.Current.CancellationToken);
    }

    private int TicksDuring(Func<string, Task<Response>> getAsync) => EventLoop.Run(async () =>
    {
        int ticks = 0;
        _ = EventLoop.CreateTask(async () =>
        {
            while (true)
            {
                ticks++;
                await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(10));
            }
        });
        await EventLoop.SleepAsync(TimeSpan.Zero);
        int before = ticks;
        Response response = await getAsync(server.Url + Slow);
        Assert.Equal(200, response.StatusCode);
        Assert.Equal(1, before);
        return ticks - before;
    });

    public sealed class Server : IAsyncLifetime
    {
        private HttpBin? _bin;

        public string Url => _bin!.Url;

        public async ValueTask InitializeAsync() => _bin = await HttpBin.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        public async ValueTask DisposeAsync()
        {
            if (_bin is not null) await _bin.DisposeAsync();
        }
    }
}
