using RequestsAsync.Bulk;

namespace RequestsAsync.Cli;

/// <summary>A worker that is run with its progress on the screen: what <c>requests bulk</c> and <c>requests bulk work</c> have in common.</summary>
internal sealed class BulkRun
{
    /// <summary>How far the worker is.</summary>
    public required Func<BulkProgress> Progress { get; init; }

    /// <summary>How the job stands.</summary>
    public required Func<ValueTask<FrontierStats>> Stats { get; init; }

    /// <summary>Lets the worker end in good order.</summary>
    public required Action Drain { get; init; }

    /// <summary>Works. Not to be cancelled: the first Ctrl-C drains, and a second one ends the process, which the job survives.</summary>
    public required Func<Task<BulkSummary>> Work { get; init; }

    /// <summary>Whether requests of earlier runs ended with an error.</summary>
    public Func<ValueTask<bool>> HasEarlierErrors { get; init; } = static () => new(false);

    /// <summary>What is said of a job that was interrupted.</summary>
    public required string Interrupted { get; init; }

    /// <summary>Runs the worker to its end, and says what it came to.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(StandardStreams streams, BulkScreen screen, CancellationToken stopping)
    {
        BulkSummary summary;
        using CancellationTokenRegistration drain = stopping.UnsafeRegister(static run => ((BulkRun)run!).Drain(), this);
        using CancellationTokenSource shown = new();
        Task showing = screen.ShowAsync(Progress, Stats, shown.Token);
        try
        {
            summary = await Work().ConfigureAwait(false);
        }
        finally
        {
            await shown.CancelAsync().ConfigureAwait(false);
            await showing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        streams.Error.WriteLine(BulkText.End(summary, await Stats().ConfigureAwait(false), Interrupted));
        if (summary.IsInterrupted || summary.State == FrontierState.Cancelled) return ExitCode.Interrupted;
        if (summary.Progress.ByClass[0] > 0) return ExitCode.SomeFailed;
        if (!await HasEarlierErrors().ConfigureAwait(false)) return ExitCode.Success;
        streams.Error.WriteLine("Requests of an earlier run ended with an error; their records are in the output.");
        return ExitCode.SomeFailed;
    }
}
