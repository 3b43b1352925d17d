using System.Diagnostics;

namespace RequestsAsync.SideBySide;

/// <summary>Time, CPU time, allocations and memory of this process, from its making until it is read.</summary>
internal sealed class Meter
{
    private readonly long _resident;
    private readonly long _allocated;
    private readonly Environment.ProcessCpuUsage _cpu;
    private readonly long _began;

    /// <summary>Begins, on a heap without the garbage of what was before.</summary>
    public Meter()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        ProcessMemory.ResetPeak();
        _resident = ProcessMemory.Resident;
        _allocated = GC.GetTotalAllocatedBytes(precise: true);
        _cpu = Environment.CpuUsage;
        _began = Stopwatch.GetTimestamp();
    }

    /// <summary>What was measured until now.</summary>
    /// <param name="tally">What was done meanwhile.</param>
    public Measurement Read(LoadTally tally)
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(_began);
        Environment.ProcessCpuUsage cpu = Environment.CpuUsage;
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long peak = ProcessMemory.Peak;
        return new Measurement
        {
            Requests = tally.Requests,
            Errors = tally.Errors,
            FirstError = tally.FirstError,
            Seconds = elapsed.TotalSeconds,
            UserSeconds = (cpu.UserTime - _cpu.UserTime).TotalSeconds,
            SystemSeconds = (cpu.PrivilegedTime - _cpu.PrivilegedTime).TotalSeconds,
            AllocatedBytes = allocated - _allocated,
            PeakBytes = peak,
            GrowthBytes = peak - _resident,
            P50Micros = tally.Latencies?.Percentile(0.50)?.TotalMicroseconds,
            P99Micros = tally.Latencies?.Percentile(0.99)?.TotalMicroseconds,
        };
    }
}
