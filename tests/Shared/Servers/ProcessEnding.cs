using System.Diagnostics;
using System.Globalization;

namespace RequestsAsync;

/// <summary>How a program that was started here is ended: by its id.</summary>
internal static class ProcessEnding
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    /// <summary>Asks it to end, if it has not, ends it if it does not listen, and lets go of it.</summary>
    public static async Task EndAsync(this Process process)
    {
        if (!process.HasExited)
        {
            await TerminateAsync(process);
            using CancellationTokenSource limit = new(StopLimit);
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        process.Dispose();
    }

    // Asked to end, a server also ends its workers and takes away its shared memory; killed, it does neither.
    private static async Task TerminateAsync(Process process)
    {
        // The shell has kill built in; a program of that name is not on every machine.
        using Process kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {process.Id}")]);
        await kill.WaitForExitAsync();
    }
}
