using System.Diagnostics;

namespace RequestsAsync.SideBySide;

/// <summary>A program that ran to its end, and what that took.</summary>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it wrote to standard error.</param>
/// <param name="ExitCode">What it said to its parent.</param>
/// <param name="Wall">The time from its start to its end.</param>
/// <param name="Cpu">Its CPU time, that of its own children included.</param>
/// <param name="PeakBytes">The most memory that was resident, looked at every few milliseconds.</param>
internal sealed record FinishedProcess(string Output, string Errors, int ExitCode, TimeSpan Wall, ChildCpu Cpu, long PeakBytes)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    /// <summary>Runs a program to its end. No other child of this process may end meanwhile, for its CPU time would count here.</summary>
    public static async Task<FinishedProcess> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        ChildCpu before = ChildCpu.Now;
        long began = Stopwatch.GetTimestamp();
        await using ChildProcess process = ChildProcess.Start(program, arguments);
        process.CloseInput();
        Task<string> output = process.ReadToEndAsync(cancellationToken);
        Task ended = process.WaitForExitAsync(cancellationToken);
        long peak = 0;
        while (!ended.IsCompleted)
        {
            peak = Math.Max(peak, ProcessMemory.PeakOf(process.Id) ?? 0);
            await Task.WhenAny(ended, Task.Delay(Look, cancellationToken));
        }

        await ended;
        TimeSpan wall = Stopwatch.GetElapsedTime(began);
        return new FinishedProcess(await output, await process.ErrorTextAsync(), process.ExitCode, wall, ChildCpu.Now - before, peak);
    }

    /// <summary>This, unless it failed.</summary>
    /// <exception cref="InvalidOperationException">It did; the message holds what it wrote to standard error.</exception>
    public FinishedProcess EnsureSuccess(string name) =>
        ExitCode == 0 ? this : throw new InvalidOperationException($"{name} ended with {ExitCode}: {(Errors.Length > 0 ? Errors : Output).Trim()}");
}
