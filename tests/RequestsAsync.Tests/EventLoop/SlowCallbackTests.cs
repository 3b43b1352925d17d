using System.Diagnostics;

namespace RequestsAsync.Tests;

public sealed class SlowCallbackTests
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(150);

    private readonly ManualTime _time = new();
    private readonly Problems _seen = new();

    private EventLoopOptions Options => _seen.Options with { TimeProvider = _time };

    [Fact]
    public void A_held_loop_is_reported_while_it_is_held_and_when_it_is_free()
    {
        EventLoop.Run(HoldAsync, Options);

        Assert.Equal([true, false], _seen.Slow.Select(static slow => slow.IsStillHeld));
        Assert.Equal([Slow, 2 * Slow], _seen.Slow.Select(static slow => slow.Held));
        Assert.All(_seen.Slow, static slow => Assert.Equal("main (SlowCallbackTests.HoldAsync)", slow.Method));
        Assert.All(_seen.Slow, static slow => Assert.Null(slow.BlockedAt));
        Assert.StartsWith("main (SlowCallbackTests.HoldAsync) held the event loop for 300 ms. Nothing else ran meanwhile: ", _seen.Slow[1].ToString(), StringComparison.Ordinal);

        async Task HoldAsync()
        {
            await EventLoop.SleepAsync(TimeSpan.Zero);
            _time.Advance(Slow);
            _time.Advance(Slow);
            await EventLoop.SleepAsync(TimeSpan.Zero);
            _time.Advance(Slow / 2); // fast enough
        }
    }

    [Fact]
    public void A_long_wait_of_the_loop_itself_is_no_slow_callback()
    {
        EventLoop.Run(
            async () =>
            {
                EventLoop loop = EventLoop.Current!;
                await EventLoop.ToThreadAsync(() => _time.Advance(Slow));
                await EventLoop.SleepAsync(TimeSpan.Zero);
            },
            Options with { SlowCallbackThreshold = 2 * Slow });

        Assert.Empty(_seen.Slow);
    }

    [Fact]
    public void A_task_and_a_callback_are_reported_with_the_line_that_made_them()
    {
        EventLoop.Run(
            async () =>
            {
                EventLoop.CallSoon(() => _time.Advance(Slow));
                LoopTask task = EventLoop.CreateTask(HoldAsync, "holder");
                await task;
            },
            Options);

        Assert.Equal(4, _seen.Slow.Count);
        Assert.Equal("SlowCallbackTests.A_task_and_a_callback_are_reported_with_the_line_that_made_them (lambda)", _seen.Slow[1].Method);
        Assert.Equal("holder (SlowCallbackTests.HoldAsync)", _seen.Slow[3].Method);
        Assert.All(_seen.Slow, static slow => Assert.Matches(@"SlowCallbackTests\.cs:\d+$", slow.CreatedAt!));

        Task HoldAsync()
        {
            _time.Advance(Slow);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public void A_blocking_verb_is_reported_by_name_and_line()
    {
        EventLoop.Run(
            () =>
            {
                LoopGuard.CheckBlocking("Get");
                _time.Advance(Slow);
                return Task.CompletedTask;
            },
            Options);

        SlowCallback held = _seen.Slow[0];
        Assert.True(held.IsStillHeld);
        Assert.Equal("Get", held.BlockingCall);
        Assert.Matches(@"SlowCallbackTests\.cs:\d+$", held.BlockedAt!);
        Assert.Contains(", in Get, at ", held.ToString(), StringComparison.Ordinal);
        Assert.Contains("await GetAsync instead", held.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wait_for_a_task_is_reported_with_its_line_while_it_lasts()
    {
        Problems seen = new();
        TaskCompletionSource gate = new();
        EventLoop.Run(
            () =>
            {
                gate.Task.Wait(TimeSpan.FromSeconds(30));
                return Task.CompletedTask;
            },
            new()
            {
                SlowCallbackThreshold = TimeSpan.FromMilliseconds(20),
                OnSlowCallback = slow =>
                {
                    lock (seen) seen.Slow.Add(slow);
                    if (slow.BlockedAt is not null) gate.TrySetResult(); // the line comes while the loop is still held, or the wait would go on
                },
            });

        Assert.True(seen.Slow[0].IsStillHeld);
        Assert.True(seen.Slow[^1].Held < TimeSpan.FromSeconds(25));
        Assert.Matches(@"SlowCallbackTests\.cs:\d+$", seen.Slow[^1].BlockedAt!);
        Assert.Contains("Task.Wait", seen.Slow[^1].StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public void Listeners_of_the_diagnostic_source_hear_of_it()
    {
        List<object?> heard = [];
        using IDisposable all = DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(listener =>
        {
            if (listener.Name == "RequestsAsync.EventLoop") listener.Subscribe(new Observer<KeyValuePair<string, object?>>(pair => heard.Add(pair.Value)));
        }));
        EventLoop.Run(
            () =>
            {
                _time.Advance(Slow);
                return Task.CompletedTask;
            },
            new() { TimeProvider = _time, OnSlowCallback = _seen.Options.OnSlowCallback });

        Assert.Equal(2, _seen.Slow.Count);
        Assert.Superset(_seen.Slow.ToHashSet<object?>(), heard.ToHashSet()); // other tests may be heard too
    }

    [Fact]
    public void What_the_listener_throws_is_a_problem_and_no_more()
    {
        EventLoop.Run(
            () =>
            {
                _time.Advance(Slow);
                return Task.CompletedTask;
            },
            Options with { OnSlowCallback = static _ => throw new FormatException() });

        Assert.Equal(2, _seen.Seen.Count);
    }

    [Fact]
    public void The_reports_can_be_turned_off()
    {
        EventLoop.Run(
            () =>
            {
                _time.Advance(Slow);
                return Task.CompletedTask;
            },
            Options with { SlowCallbackThreshold = Timeout.InfiniteTimeSpan });

        Assert.Empty(_seen.Slow);
    }

    private sealed class Observer<T>(Action<T> next) : IObserver<T>
    {
        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }

        public void OnNext(T value) => next(value);
    }
}
