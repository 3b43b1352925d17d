namespace RequestsAsync.Cli;

/// <summary>Downloads files, so many at once, and tells what came of each.</summary>
/// <param name="streams">The error stream gets what a person reads. The output gets the path of each file that is there, one a line, unless it is a terminal.</param>
/// <param name="isQuiet">Whether a person is told of failures alone.</param>
/// <param name="isDebug">Whether stacks are shown.</param>
internal sealed class DownloadBatch(StandardStreams streams, bool isQuiet, bool isDebug)
{
    private readonly Lock _writing = new();

    /// <summary>Downloads all of them, also when some fail.</summary>
    /// <param name="session">Who asks.</param>
    /// <param name="jobs">The files.</param>
    /// <param name="parallel">How many at once.</param>
    /// <param name="stopping">Cancelled by Ctrl-C.</param>
    /// <returns>0, or the exit code of the first in the list that failed.</returns>
    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    public async Task<int> RunAsync(Session session, IReadOnlyList<DownloadJob> jobs, int parallel, CancellationToken stopping)
    {
        IDownloadScreen screen = isQuiet ? new QuietScreen() : streams.IsErrorTerminal ? new BarScreen(streams) : new LineScreen(streams.Error);
        Ending[] endings = new Ending[jobs.Count];
        ParallelOptions atOnce = new() { MaxDegreeOfParallelism = parallel };
        await screen.ShowAsync(() => Parallel.ForAsync(0, jobs.Count, atOnce, async (i, _) =>
            endings[i] = await DownloadAsync(session, jobs[i], screen, stopping).ConfigureAwait(false))).ConfigureAwait(false);

        int code = Tell(endings);
        stopping.ThrowIfCancellationRequested();
        return code;
    }

    // Never fails: what went wrong is told when the bars are gone.
    private async Task<Ending> DownloadAsync(Session session, DownloadJob job, IDownloadScreen screen, CancellationToken stopping)
    {
        Whereabouts whereabouts = new(screen.Begin(job.Url));
        try
        {
            job.Options.Progress = whereabouts;
            DownloadResult result = await session.DownloadAsync(job.Url, job.Path, job.Options, stopping).ConfigureAwait(false);
            whereabouts.Line.End(result);
            if (!streams.IsTerminal) WritePath(result.Path);
            return new(result, Error: null, whereabouts.Path);
        }
        catch (Exception e)
        {
            whereabouts.Line.Fail();
            return new(Result: null, e, whereabouts.Path);
        }
    }

    private void WritePath(string path)
    {
        try
        {
            lock (_writing) streams.Text.WriteLine(path);
        }
        catch (ReaderGoneException)
        {
            // Who has seen enough of the paths still wants the files.
        }
    }

    private int Tell(IReadOnlyList<Ending> endings)
    {
        int code = ExitCode.Success;
        foreach (Ending ending in endings)
        {
            if (ending.Error is not { } error) continue;

            int own = error is OperationCanceledException ? ExitCode.Interrupted : Write(error);
            if (code == ExitCode.Success) code = own;
            if (ending.Path is { } path && File.Exists(path + ".part"))
                streams.Error.WriteLine("  " + TerminalText.Line($"What has come is kept in {path}.part: run the same command again to go on."));
        }

        if (endings.Count > 1 && !isQuiet) TellSum(endings);
        return code;
    }

    private int Write(Exception error)
    {
        int code = ErrorReport.Write(streams.Error, error, isDebug);
        return error is HttpStatusException { StatusCode: int status } && ExitCode.OfStatus(status) is not ExitCode.Success and int ofStatus ? ofStatus : code;
    }

    private void TellSum(IReadOnlyList<Ending> endings)
    {
        int saved = endings.Count(static ending => ending.Result is not null);
        long bytes = endings.Sum(static ending => ending.Result?.Bytes ?? 0);
        streams.Error.WriteLine(FormattableString.Invariant($"{saved} of {endings.Count} files, {ByteSize.Text(bytes)}"));
    }

    private readonly record struct Ending(DownloadResult? Result, Exception? Error, string? Path);

    // Only the download knows what its file is called; the hint after a failure needs it too.
    private sealed class Whereabouts(IDownloadLine line) : IProgress<DownloadProgress>
    {
        public IDownloadLine Line => line;

        public string? Path { get; private set; }

        public void Report(DownloadProgress value)
        {
            Path = value.Path;
            line.Report(value);
        }
    }
}
