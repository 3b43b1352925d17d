using System.Diagnostics;

namespace RequestsAsync.FrontierCosts;

/// <summary>The time by the clock and by the processor, and the bytes allocated, of what lies between <see cref="Start"/> and <see cref="Stop"/>.</summary>
internal sealed class Cost
{
    private readonly Stopwatch _watch = new();
    private TimeSpan _processor;
    private TimeSpan _started;
    private long _bytes;
    private long _startedBytes;

    internal void Start()
    {
        _started = Environment.CpuUsage.TotalTime;
        _startedBytes = GC.GetTotalAllocatedBytes();
        _watch.Start();
    }

    internal void Stop()
    {
        _watch.Stop();
        _processor += Environment.CpuUsage.TotalTime - _started;
        _bytes += GC.GetTotalAllocatedBytes() - _startedBytes;
    }

    internal void Print(string what, int count) => Console.WriteLine(
        $"{what}: {_processor.TotalMicroseconds / count:F2} µs of the processor, {_watch.Elapsed.TotalMicroseconds / count:F2} µs by the clock, {(double)_bytes / count:F0} bytes allocated each; {_watch.Elapsed.TotalSeconds:F2} s in all");
}
