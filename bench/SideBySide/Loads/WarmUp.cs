using System.Diagnostics;
using System.Runtime;

namespace RequestsAsync.SideBySide;

/// <summary>
/// Does the same before it is measured: connections are opened, and what is hot is compiled anew by the JIT. It goes in bursts with pauses between them, for the
/// JIT's later tiers wait until a process has calmed down, and under full load their thread gets no turn; and it goes on until the JIT has nothing left to do.
/// </summary>
internal static class WarmUp
{
    private const int CalmBursts = 3;
    private const int FewMethods = 20; // one here and there is compiled for ever; while a tier is under way they are hundreds
    private const int LongestFactor = 4;

    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);

    /// <summary>Runs bursts of a load.</summary>
    /// <param name="run">Runs the load for a time.</param>
    /// <param name="shortest">The least that it takes; four times as long is the most.</param>
    public static async Task RunAsync(Func<TimeSpan, Task> run, TimeSpan shortest)
    {
        long began = Stopwatch.GetTimestamp();
        long compiled = 0;
        int calm = 0;
        while (Stopwatch.GetElapsedTime(began) is var elapsed && (elapsed < shortest || (calm < CalmBursts && elapsed < shortest * LongestFactor)))
        {
            await run(Burst);
            await Task.Delay(Pause);
            long now = JitInfo.GetCompiledMethodCount();
            calm = now - compiled <= FewMethods ? calm + 1 : 0;
            compiled = now;
        }
    }
}
