namespace RequestsAsync.Tests;

/// <summary>The source of a bearer token: who waits for it, who ends it, and what it may not do.</summary>
public sealed class BearerSourceTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Blocking_calls_wait_for_the_token_that_one_of_them_asks_for()
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadHead().Reply(200, "ok").Repeat());
        using ManualResetEventSlim asked = new();
        using ManualResetEventSlim known = new();
        int count = 0;
        await using Session session = new(new()
        {
            Auth = Auth.Bearer(_ =>
            {
                Interlocked.Increment(ref count);
                asked.Set();
                known.Wait(Patience, Stop);
                return new("t");
            }),
        });
        List<string> texts = [];
        Thread first = new(Send);
        Thread second = new(Send);

        first.Start();
        asked.Wait(Patience, Stop);
        second.Start();
        SpinWait.SpinUntil(() => !second.IsAlive || second.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Patience);
        known.Set();
        Assert.True(first.Join(Patience) && second.Join(Patience));

        Assert.Equal(["ok", "ok"], texts);
        Assert.Equal(1, count);

        void Send()
        {
            string text;
            try
            {
                text = session.Get(server.Url, cancellationToken: Stop).Text;
            }
            catch (Exception e)
            {
                text = e.Message;
            }

            lock (texts) texts.Add(text);
        }
    }

    [Fact]
    public async Task A_source_that_never_answers_is_ended_with_the_last_who_waits_and_asked_anew_by_the_next()
    {
        int count = 0;
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Session session = new(new MemoryHandler(_ => MemoryHandler.Ok()), new()
        {
            Auth = Auth.Bearer(async token =>
            {
                if (Interlocked.Increment(ref count) > 1) return "t";
                token.Register(ended.SetResult);
                await Task.Delay(Timeout.Infinite, token);
                return "never";
            }),
        });
        using CancellationTokenSource one = new();
        using CancellationTokenSource other = new();
        Task<Response> first = session.GetAsync("http://h/", cancellationToken: one.Token);
        Task<Response> second = session.GetAsync("http://h/", cancellationToken: other.Token);

        await one.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(Patience, Stop));
        Assert.False(ended.Task.IsCompleted);
        await other.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(Patience, Stop));
        await ended.Task.WaitAsync(Patience, Stop);

        Assert.Equal(200, (await session.GetAsync("http://h/", cancellationToken: Stop).WaitAsync(Patience, Stop)).StatusCode);
    }

    [Fact]
    public async Task A_source_that_sends_its_own_request_with_its_own_token_is_told_so()
    {
        Session? session = null;
        session = new(new MemoryHandler(_ => MemoryHandler.Ok("t"u8.ToArray())), new()
        {
            Auth = Auth.Bearer(async token => (await session!.GetAsync("http://h/token", cancellationToken: token)).Text),
        });
        await using Session disposed = session;

        RequestException e = await Assert.ThrowsAnyAsync<RequestException>(() => session.GetAsync("http://h/", cancellationToken: Stop).WaitAsync(Patience, Stop));

        Assert.Contains("Auth.None", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_may_use_the_session_without_a_token()
    {
        Session? session = null;
        session = new(new MemoryHandler(_ => MemoryHandler.Ok("t"u8.ToArray())), new()
        {
            Auth = Auth.Bearer(async token => (await session!.GetAsync("http://h/token", new() { Auth = Auth.None }, token)).Text),
        });
        await using Session disposed = session;

        Assert.Equal(200, (await session.GetAsync("http://h/", cancellationToken: Stop).WaitAsync(Patience, Stop)).StatusCode);
    }
}
