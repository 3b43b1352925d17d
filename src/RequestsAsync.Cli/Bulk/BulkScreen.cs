using System.Text.Json;
using RequestsAsync.Bulk;

namespace RequestsAsync.Cli;

/// <summary>Shows how a bulk job is going on the error stream: a line that is written over on a terminal, one every ten seconds elsewhere, or JSON for programs.</summary>
internal sealed class BulkScreen(StandardStreams streams, BulkProgressKind kind, TimeProvider time)
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(10);

    private readonly bool _isBar = kind == BulkProgressKind.Bar || (kind == BulkProgressKind.Auto && streams.IsErrorTerminal);

    /// <summary>What <c>--progress</c> says.</summary>
    /// <exception cref="CommandException">It says nothing that is known.</exception>
    public static BulkProgressKind KindOf(string? text) => text switch
    {
        null or "auto" => BulkProgressKind.Auto,
        "bar" => BulkProgressKind.Bar,
        "plain" => BulkProgressKind.Plain,
        "json" => BulkProgressKind.Json,
        _ => throw CommandException.Usage($"--progress takes auto, bar, plain or json, not '{text}'."),
    };

    /// <summary>Shows it until it is told to stop.</summary>
    public async Task ShowAsync(Func<BulkProgress> progress, Func<ValueTask<FrontierStats>> stats, CancellationToken stopping)
    {
        long doneBefore = 0;
        TimeSpan elapsedBefore = default;
        TimeSpan interval = _isBar ? Often : Seldom;
        using PeriodicTimer timer = new(kind == BulkProgressKind.Json ? TimeSpan.FromSeconds(1) : interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping).ConfigureAwait(false))
            {
                BulkProgress now = progress();
                double rate = (now.Done - doneBefore) / Math.Max(0.001, (now.Elapsed - elapsedBefore).TotalSeconds);
                (doneBefore, elapsedBefore) = (now.Done, now.Elapsed);
                Write(now, await stats().ConfigureAwait(false), rate);
            }
        }
        catch (OperationCanceledException)
        {
            if (_isBar) streams.Error.Write("\r\e[K");
        }
    }

    private void Write(BulkProgress progress, FrontierStats stats, double rate)
    {
        if (kind == BulkProgressKind.Json)
        {
            streams.Error.WriteLine(JsonSerializer.Serialize(
                new BulkProgressLine(stats.Done, stats.Added, stats.InputCompleted, progress.ByClass, Math.Round(rate, 1), progress.Bytes, progress.InFlight, progress.Limit, progress.Hosts, stats.BlockedHosts, progress.Retries),
                BulkProgressContext.Default.BulkProgressLine));
            return;
        }

        string line = BulkText.Line(progress, stats, rate);
        if (!_isBar)
        {
            streams.Error.WriteLine(line);
            return;
        }

        int width = streams.Width - 1; // a full line would make the terminal begin another
        streams.Error.Write("\r" + (line.Length > width ? line[..width] : line) + "\e[K");
    }
}
