using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using RequestsAsync.Testing;

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
        await using FaultyServer server = FaultyServer.Start(static script => script
            .ReadHead().Wait(TimeSpan.FromMilliseconds(300)).Reply(200, [("Connection", "close")], "ok"));
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
}
