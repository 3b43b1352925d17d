using System.Globalization;
using System.Net;
using RequestsAsync.Testing;

namespace RequestsAsync.Cli;

/// <summary>Sends the same requests one after another, on threads, and concurrently, and compares what that took.</summary>
internal sealed class ConcurrencyDemo(IDemoScreen screen)
{
    private const int Count = 200;
    private const int AtOnce = 50;
    private const string Delay = "0.05";

    /// <exception cref="RequestException">A request failed: nothing was shown then.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        HttpClient.DefaultProxy = new WebProxy(); // none: a proxy of the environment could not reach this machine's loopback
        HttpBin bin = await HttpBin.StartAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (bin.ConfigureAwait(false))
        {
            string url = $"{bin.Url}/delay/{Delay}";
            screen.Say($"{Count} requests to {url}, each answered after 50 ms, while a background task ticks every 10 ms:");
            await CompareFormsAsync(url, cancellationToken).ConfigureAwait(false);
            await new LoopLesson(screen, url).RunAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CompareFormsAsync(string url, CancellationToken cancellationToken)
    {
        Session session = new();
        await using (session.ConfigureAwait(false))
        {
            SendingForms forms = new(session, url, Count);
            SendingForm[] all =
            [
                new("one after another", forms.OneAfterAnotherAsync),
                new($"blocking, on {AtOnce} threads", (tally, stop) => forms.OnThreadsAsync(AtOnce, tally, stop)),
                new($"async, {AtOnce} at a time", (tally, stop) => forms.GatherAsync(AtOnce, tally, stop)),
                new("async, all at once", (tally, stop) => forms.GatherAsync(Count, tally, stop)),
            ];

            await WarmUpAsync(all, cancellationToken).ConfigureAwait(false);
            List<Measurement> measured = [];
            foreach (SendingForm form in all)
                measured.Add(await form.MeasureAsync(screen, Count, cancellationToken).ConfigureAwait(false));
            Show(measured);
        }
    }

    // Opens every connection and compiles every path once, so that each form is measured in the same warm process.
    private async Task WarmUpAsync(SendingForm[] forms, CancellationToken cancellationToken) =>
        await screen.FollowAsync("warming up", Count * (forms.Length - 1), async progress =>
        {
            Ticker ticker = Ticker.StartOnPool();
            Tally tally = new(progress, ticker);
            foreach (SendingForm form in forms.Reverse().SkipLast(1)) // one after another is long, and warm after the others
                await form.SendAsync(tally, cancellationToken).ConfigureAwait(false);
            await ticker.StopAsync().ConfigureAwait(false);
        }).ConfigureAwait(false);

    private void Show(List<Measurement> measured)
    {
        ResultTable table = new($"{Count} requests, warm", ">wall time", ">requests/s", ">threads", ">ticks", ">speed-up");
        TimeSpan slowest = measured[0].Wall;
        foreach (Measurement form in measured)
        {
            table.Add(
                form.Name,
                Text($"{form.Wall.TotalSeconds:0.000} s"),
                Text($"{Count / form.Wall.TotalSeconds:0}"),
                Text($"{form.Threads}"),
                Text($"{form.Ticks}"),
                Text($"{slowest / form.Wall:0.0}x"));
        }

        screen.Say("");
        screen.Show(table);
        screen.Say("threads: how many different threads began or finished a request; an awaited request holds none while it waits.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
