using System.Net;
using System.Net.Sockets;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;

namespace RequestsAsync.Analyzers.Tests;

/// <summary>The lesson of the articles: a task ticks while a request is under way, unless the call blocks the loop. The fix of the rule that finds the call makes it tick.</summary>
public sealed class FixedLessonTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("RQA001", "await FetchAsync(url);", "Requests.Get(url)")]
    [InlineData("RQA002", "await FetchAsync(url);", "Requests.GetAsync(url).Result")]
    [InlineData("RQA007", "Requests.Get(url);", "await Requests.GetAsync(url)")]
    public async Task What_held_the_loop_lets_it_tick(string rule, string inLoop, string inMethod)
    {
        await using SlowServer server = new();
        using Workbench bench = new(Lesson(inLoop, inMethod), isProgram: false);
        Assert.Equal(0, await TicksAsync(bench, server.Url));

        Diagnostic found = Assert.Single(await bench.AnalyzeAsync(Cancellation), diagnostic => diagnostic.Id == rule);
        CodeAction fix = (await bench.FindFixesAsync(found, Cancellation))[0];
        await bench.ApplyAsync(fix, Cancellation);

        Assert.InRange(await TicksAsync(bench, server.Url), 3, 1000);
    }

    private static string Lesson(string inLoop, string inMethod) => $$"""
        using System;
        using System.Threading.Tasks;
        using RequestsAsync;

        public static class Lesson
        {
            public static Task<int> RunAsync(string url) => EventLoop.RunAsync(async () =>
            {
                int ticks = 0;
                LoopTask ticking = EventLoop.CreateTask(async () =>
                {
                    while (true)
                    {
                        await EventLoop.SleepAsync(TimeSpan.FromMilliseconds(10));
                        ticks++;
                    }
                });
                await EventLoop.SleepAsync(TimeSpan.Zero);
                int before = ticks;
                {{inLoop}}
                return ticks - before;
            });

            private static async Task FetchAsync(string url)
            {
                Response r = {{inMethod}};
                r.EnsureSuccess();
                await Task.CompletedTask;
            }
        }
        """;

    private static async Task<int> TicksAsync(Workbench bench, string url)
    {
        Type lesson = (await bench.LoadAsync(Cancellation)).GetType("Lesson")!;
        return await lesson.GetMethod("RunAsync")!.CreateDelegate<Func<string, Task<int>>>()(url);
    }

    // Takes a third of a second for an answer.
    private sealed class SlowServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _serving;

        public SlowServer()
        {
            _listener.Start();
            _serving = ServeAsync();
        }

        public string Url => $"http://{_listener.LocalEndpoint}/";

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _serving;
            _listener.Stop();
            _stop.Dispose();
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using Socket client = await _listener.AcceptSocketAsync(_stop.Token);
                    await client.ReceiveAsync(new byte[4096], _stop.Token);
                    await Task.Delay(300, _stop.Token);
                    await client.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"u8.ToArray(), _stop.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }
    }
}
