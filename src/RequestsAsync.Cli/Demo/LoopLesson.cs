using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary>What a blocking call does to an event loop: everything else on it stands still.</summary>
/// <param name="screen">Where it is shown.</param>
/// <param name="url">Where the requests go.</param>
internal sealed class LoopLesson(IDemoScreen screen, string url)
{
    private const int Count = 20;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        screen.Say("");
        screen.Say($"{Count} requests, one after another, on an event loop of one thread, where the same background task ticks:");

        // The three ways differ in one line.
        Func<Task>[] sends =
        [
            async () => SendingForms.Check(await Requests.GetAsync(url, null, cancellationToken).ConfigureAwait(true)),
            async () => SendingForms.Check(await EventLoop.ToThreadAsync(() => Requests.Get(url, null, cancellationToken)).ConfigureAwait(true)),
            () =>
            {
                SendingForms.Check(Requests.Get(url, null, cancellationToken));
                return Task.CompletedTask;
            },
        ];
        string[] names = ["await GetAsync(url)", "await ToThreadAsync(() => Get(url))", "Get(url), blocking the loop"];

        List<Lesson> lessons = [];
        for (int i = 0; i < sends.Length; i++)
            lessons.Add(await MeasureAsync(names[i], sends[i]).ConfigureAwait(false));
        Show(lessons);
    }

    private async Task<Lesson> MeasureAsync(string name, Func<Task> sendOne)
    {
        Lesson? lesson = null;
        await screen.FollowAsync(name, Count, progress => EventLoop.RunAsync(async () =>
        {
            Ticker ticker = Ticker.StartOnThisLoop();
            long started = TimeProvider.System.GetTimestamp();
            for (int i = 1; i <= Count; i++)
            {
                await sendOne().ConfigureAwait(true);
                progress.Report(new(i, ticker.Ticks));
            }

            TimeSpan wall = TimeProvider.System.GetElapsedTime(started);
            int ticks = await ticker.StopAsync().ConfigureAwait(true);
            lesson = new(name, wall, ticks, ticker.LongestSilence);
        })).ConfigureAwait(false);
        return lesson!;
    }

    private void Show(List<Lesson> lessons)
    {
        ResultTable table = new($"{Count} requests on one loop", ">wall time", ">ticks", ">longest silence");
        foreach (Lesson lesson in lessons)
        {
            table.Add(
                lesson.Name,
                string.Create(CultureInfo.InvariantCulture, $"{lesson.Wall.TotalSeconds:0.000} s"),
                lesson.Ticks.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{lesson.Silence.TotalMilliseconds:0} ms"));
        }

        screen.Say("");
        screen.Show(table);
        screen.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"While requests were awaited the background task ticked {lessons[0].Ticks} times, beside blocking calls on another thread {lessons[1].Ticks} times; while the same blocking calls held the loop it ticked {lessons[2].Ticks} times: a blocking call stops everything else there."));
    }

    /// <summary>What was seen of one way.</summary>
    private sealed record Lesson(string Name, TimeSpan Wall, int Ticks, TimeSpan Silence);
}
