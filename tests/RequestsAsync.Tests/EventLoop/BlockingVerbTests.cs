namespace RequestsAsync.Tests;

/// <summary>The verbs of this library on a loop: the blocking ones are refused or named, the awaited ones end with their task.</summary>
public class BlockingVerbTests(BinFixture bin)
{
    [Fact]
    public async Task A_loop_may_forbid_them_and_the_message_names_the_awaited_verb()
    {
        await EventLoop.RunAsync(
            async () =>
            {
                using Session session = new();
                BlockingCallException get = Assert.Throws<BlockingCallException>(() => session.Get(bin.Url + "/get"));
                BlockingCallException post = Assert.Throws<BlockingCallException>(() => Requests.Post(bin.Url + "/post"));
                using Response stream = await session.StreamAsync("GET", bin.Url + "/get");
                BlockingCallException read = Assert.Throws<BlockingCallException>(() => stream.Read());
                Response off = await EventLoop.ToThreadAsync(() => session.Get(bin.Url + "/get"));

                Assert.Contains("GetAsync", get.Message);
                Assert.Contains("PostAsync", post.Message);
                Assert.Contains("ReadAsync", read.Message);
                Assert.Contains("ToThreadAsync", get.Message);
                Assert.Equal(200, off.StatusCode);
            },
            new EventLoopOptions { ForbidBlocking = true });
    }

    [Fact]
    public async Task A_verb_that_holds_the_loop_is_named()
    {
        List<SlowCallback> slow = [];
        await EventLoop.RunAsync(
            async () =>
            {
                await Task.Yield();
                Requests.Get(bin.Url + "/delay/0.2");
            },
            new EventLoopOptions { SlowCallbackThreshold = TimeSpan.FromMilliseconds(50), OnSlowCallback = report => { lock (slow) slow.Add(report); } });

        Assert.Contains(slow, report => report.ToString().Contains("Get", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_ends_with_its_task()
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().WaitForClose());

        await EventLoop.RunAsync(async () =>
        {
            LoopTask task = EventLoop.CreateTask(async () => await Requests.GetAsync(server.Url));
            await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(50));
            task.Cancel();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await task);
        });
    }
}
