using System.Globalization;

namespace RequestsAsync.Cli;

/// <summary>Asks for the user's own URLs, one after another and then all at once, and shows what became of each.</summary>
internal sealed class UrlListDemo(IDemoScreen screen, TimeSpan timeout)
{
    private const int AtOnce = 50;

    /// <returns>Whether every URL gave a good answer.</returns>
    public async Task<bool> RunAsync(List<string> urls, CancellationToken cancellationToken)
    {
        Request[] requests = urls.Select(static url => Request.Get(UrlShorthand.Expand(url))).ToArray();
        TimeSpan? alone = null;
        if (requests.Length <= AtOnce)
            alone = (await RunAsync("one after another", requests, atOnce: 1, cancellationToken).ConfigureAwait(false)).Wall;
        else
            screen.Say($"{requests.Length} URLs are more than {AtOnce}: the run one after another is left out.");

        (TimeSpan wall, IReadOnlyList<Outcome> outcomes) =
            await RunAsync($"at most {AtOnce} at a time", requests, AtOnce, cancellationToken).ConfigureAwait(false);
        Show(urls, outcomes);
        int failed = outcomes.Count(static outcome => !IsGood(outcome));
        Summarize(urls.Count, failed, wall, alone);
        return failed == 0;
    }

    // A session of its own for each run, so that the second does not profit from the first one's connections.
    private async Task<(TimeSpan Wall, IReadOnlyList<Outcome> Outcomes)> RunAsync(
        string title, Request[] requests, int atOnce, CancellationToken cancellationToken)
    {
        TimeSpan wall = default;
        IReadOnlyList<Outcome> outcomes = [];
        Session session = new(new() { Timeout = timeout, Cookies = CookieJar.None });
        await using (session.ConfigureAwait(false))
        {
            await screen.FollowAsync(title, requests.Length, async progress =>
            {
                Ticker ticker = Ticker.StartOnPool();
                ConcurrencyOptions options = new() { MaxConcurrency = atOnce, Progress = new Ended(progress, ticker) };
                long started = TimeProvider.System.GetTimestamp();
                outcomes = await session.GatherOutcomesAsync(requests, options, cancellationToken).ConfigureAwait(false);
                wall = TimeProvider.System.GetElapsedTime(started);
                await ticker.StopAsync().ConfigureAwait(false);
            }).ConfigureAwait(false);
        }

        return (wall, outcomes);
    }

    private static bool IsGood(Outcome outcome) => outcome.Succeeded && outcome.Response.StatusCode < 400;

    private void Show(List<string> urls, IReadOnlyList<Outcome> outcomes)
    {
        ResultTable table = new(">status", ">length", ">ms", "URL", "error");
        foreach (Outcome outcome in outcomes)
        {
            string url = urls[(int)outcome.Index];
            if (outcome.Succeeded)
            {
                Response response = outcome.Response;
                table.Add(
                    Text(response.StatusCode),
                    Text(response.Content.Length),
                    Text((long)response.Elapsed.TotalMilliseconds),
                    response.Url.ToString(),
                    IsGood(outcome) ? "" : response.Reason);
            }
            else
                table.Add("-", "-", "-", url, outcome.Error.Message);
        }

        screen.Say("");
        screen.Show(table);
    }

    private void Summarize(int count, int failed, TimeSpan wall, TimeSpan? alone)
    {
        string comparison = alone is { } slow
            ? string.Create(CultureInfo.InvariantCulture, $", one after another in {slow.TotalSeconds:0.000} s: {slow / wall:0.0}x")
            : "";
        screen.Say("");
        screen.Say(string.Create(
            CultureInfo.InvariantCulture, $"{count} URLs, {count - failed} succeeded, {failed} failed. All at once in {wall.TotalSeconds:0.000} s{comparison}."));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Ended(IProgress<DemoProgress> progress, Ticker ticker) : IProgress<BatchProgress>
    {
        public void Report(BatchProgress value) => progress.Report(new((int)value.Completed, ticker.Ticks));
    }
}
