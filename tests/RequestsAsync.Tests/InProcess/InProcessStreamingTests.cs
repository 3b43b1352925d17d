using System.Text;
using Microsoft.AspNetCore.Http;

namespace RequestsAsync.Tests;

/// <summary>An application under test, called in memory, while both sides are still writing.</summary>
public sealed class InProcessStreamingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Lines_arrive_while_the_application_still_writes()
    {
        using SemaphoreSlim seen = new(0);
        await using MemoryApp app = await MemoryApp.StartAsync(async context =>
        {
            for (int i = 0; i < 5; i++)
            {
                await context.Response.WriteAsync($"line {i}\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await seen.WaitAsync(context.RequestAborted);
            }
        });

        await using Response response = await app.Session.StreamAsync("GET", "lines");
        List<string> lines = [];
        await foreach (string line in response.LinesAsync(TestContext.Current.CancellationToken))
        {
            lines.Add(line);
            seen.Release();
        }

        Assert.Equal(["line 0", "line 1", "line 2", "line 3", "line 4"], lines);
    }

    [Fact]
    public async Task Content_is_streamed_while_the_application_already_reads()
    {
        using SemaphoreSlim read = new(0);
        await using MemoryApp app = await MemoryApp.StartAsync(async context =>
        {
            byte[] buffer = new byte[100];
            StringBuilder pieces = new();
            while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and int count)
            {
                pieces.Append(Encoding.ASCII.GetString(buffer, 0, count)).Append('|');
                read.Release();
            }

            await context.Response.WriteAsync(pieces.ToString(), context.RequestAborted);
        });

        Response response = await app.Session.PostAsync("upload", new() { Content = Body.FromAsyncStream(Pieces()) });

        Assert.Equal("one|two|three|", response.Text);

        async IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces()
        {
            foreach (string piece in new[] { "one", "two", "three" })
            {
                yield return Encoding.ASCII.GetBytes(piece);
                Assert.True(await read.WaitAsync(Patience));
            }
        }
    }

    [Fact]
    public async Task A_conversation_goes_both_ways_at_once()
    {
        await using MemoryApp app = await MemoryApp.StartAsync(async context =>
        {
            byte[] buffer = new byte[100];
            await context.Response.Body.FlushAsync(context.RequestAborted);
            while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and int count)
            {
                await context.Response.WriteAsync($"heard {Encoding.ASCII.GetString(buffer, 0, count)}\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        });
        System.Threading.Channels.Channel<ReadOnlyMemory<byte>> words = System.Threading.Channels.Channel.CreateUnbounded<ReadOnlyMemory<byte>>();

        await using Response response = await app.Session.StreamAsync("POST", "talk", new() { Content = Body.FromAsyncStream(words.Reader.ReadAllAsync(TestContext.Current.CancellationToken)) });
        await using IAsyncEnumerator<string> lines = response.LinesAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        foreach (string word in new[] { "hello", "again" })
        {
            words.Writer.TryWrite(Encoding.ASCII.GetBytes(word));
            Assert.True(await lines.MoveNextAsync());
            Assert.Equal("heard " + word, lines.Current);
        }

        words.Writer.Complete();
        Assert.False(await lines.MoveNextAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Giving_up_before_the_answer_reaches_the_application(bool byTimeout)
    {
        TaskCompletionSource entered = NewSignal(), aborted = NewSignal();
        ManualTime time = new();
        await using MemoryApp app = await MemoryApp.StartAsync(Answer, new() { TimeProvider = time, Timeout = TimeSpan.FromSeconds(3) });
        using CancellationTokenSource cancel = new();
        Task<Response> sending = app.Session.GetAsync("wait", cancellationToken: cancel.Token);
        await entered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        if (byTimeout)
        {
            time.Advance(TimeSpan.FromSeconds(3));
            await Assert.ThrowsAsync<RequestTimeoutException>(() => sending);
        }
        else
        {
            await cancel.CancelAsync();
            OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
            Assert.Equal(cancel.Token, e.CancellationToken);
        }

        await aborted.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        Task Answer(HttpContext context)
        {
            entered.SetResult();
            return UntilAbortedAsync(context, aborted);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Giving_up_in_the_middle_of_a_body_reaches_the_application(bool byDisposing)
    {
        TaskCompletionSource aborted = NewSignal();
        await using MemoryApp app = await MemoryApp.StartAsync(async context =>
        {
            // Watched from the start: the line may be read, and the response let go, before the flush has returned.
            Task watching = UntilAbortedAsync(context, aborted);
            await context.Response.WriteAsync("first\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await watching;
        });
        using CancellationTokenSource cancel = new();
        Response response = await app.Session.StreamAsync("GET", "body");
        await using IAsyncEnumerator<string> lines = response.LinesAsync(cancel.Token).GetAsyncEnumerator(cancel.Token);
        Assert.True(await lines.MoveNextAsync());
        Assert.Equal("first", lines.Current);

        if (byDisposing)
            await response.DisposeAsync();
        else
        {
            ValueTask<bool> next = lines.MoveNextAsync();
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        }

        await aborted.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await response.DisposeAsync();
    }

    [Fact]
    public async Task An_application_that_breaks_off_is_a_typed_failure()
    {
        await using MemoryApp app = await MemoryApp.StartAsync(async context =>
        {
            await context.Response.WriteAsync("first\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        });
        await using Response response = await app.Session.StreamAsync("GET", "broken");
        await Assert.ThrowsAnyAsync<TransportException>(async () => await response.ReadAsync());
    }

    [Fact]
    public async Task Trailers_of_the_application_arrive()
    {
        await using MemoryApp app = await MemoryApp.StartAsync(async context =>
        {
            context.Response.DeclareTrailer("X-Sum");
            await context.Response.WriteAsync("body", context.RequestAborted);
            context.Response.AppendTrailer("X-Sum", "42");
        });
        Response response = await app.Session.GetAsync("trailers");
        Assert.Equal("body", response.Text);
        Assert.Equal("42", response.Trailers["X-Sum"]);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task UntilAbortedAsync(HttpContext context, TaskCompletionSource aborted)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        finally
        {
            aborted.SetResult();
        }
    }
}
