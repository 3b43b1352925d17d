using System.Globalization;
using System.Text;
using RequestsAsync.Bulk;

namespace RequestsAsync.Cli;

/// <summary>How a bulk job is going, in one line.</summary>
internal static class BulkText
{
    /// <summary>The line.</summary>
    /// <param name="progress">What the worker has done.</param>
    /// <param name="stats">How the job stands.</param>
    /// <param name="rate">Requests by the second, lately.</param>
    public static string Line(BulkProgress progress, FrontierStats stats, double rate)
    {
        StringBuilder line = new();
        line.Append(CultureInfo.InvariantCulture, $"{stats.Done:N0}/{stats.Added:N0}{(stats.InputCompleted ? "" : "+")}");
        line.Append(CultureInfo.InvariantCulture, $"  2xx {progress.ByClass[2]:N0} 3xx {progress.ByClass[3]:N0} 4xx {progress.ByClass[4]:N0} 5xx {progress.ByClass[5]:N0} errors {progress.ByClass[0]:N0}");
        line.Append(CultureInfo.InvariantCulture, $"  {rate:N0}/s {ByteSize.Text((long)(progress.Bytes / Math.Max(0.001, progress.Elapsed.TotalSeconds)))}/s");
        line.Append(CultureInfo.InvariantCulture, $"  in flight {progress.InFlight}/{progress.Limit}  hosts {progress.Hosts} of {stats.Hosts:N0}, {stats.BlockedHosts:N0} waiting");
        if (stats.InputCompleted && rate > 0 && stats.Added > stats.Done) line.Append("  ETA ").Append(Duration(TimeSpan.FromSeconds((stats.Added - stats.Done) / rate)));
        line.Append("  ").Append(ByteSize.Text(Environment.WorkingSet));
        return line.ToString();
    }

    /// <summary>What a job has come to.</summary>
    public static string End(BulkSummary summary, FrontierStats stats, string interrupted)
    {
        BulkProgress progress = summary.Progress;
        string how = summary.State switch { FrontierState.Finished => "finished", FrontierState.Cancelled => "cancelled", _ => interrupted };
        string errors = string.Join(", ", progress.Errors.OrderByDescending(static entry => entry.Value).Select(static entry => $"{RecordWriter.NameOf(entry.Key)} {entry.Value.ToString("N0", CultureInfo.InvariantCulture)}"));
        return string.Create(CultureInfo.InvariantCulture,
            $"{how}: {stats.Done:N0} of {stats.Added:N0} done, {progress.Done:N0} now in {Duration(progress.Elapsed)} ({progress.Done / Math.Max(0.001, progress.Elapsed.TotalSeconds):N0}/s); 2xx {progress.ByClass[2]:N0}, 3xx {progress.ByClass[3]:N0}, 4xx {progress.ByClass[4]:N0}, 5xx {progress.ByClass[5]:N0}, errors {progress.ByClass[0]:N0}{(errors.Length == 0 ? "" : $" ({errors})")}");
    }

    private static string Duration(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours}h{time.Minutes:00}m" : time.TotalMinutes >= 1 ? $"{time.Minutes}m{time.Seconds:00}s" : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0}s");
}
