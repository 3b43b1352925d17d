using static RequestsAsync.SideBySide.Contenders;

namespace RequestsAsync.SideBySide;

/// <summary>What the figures are to hold.</summary>
internal static class Goals
{
    private const double FlatBytes = 32 << 20; // 3 % of the body: the garbage that a collector leaves lying until its next turn

    public static readonly IReadOnlyList<Goal> All =
    [
        AtMost("small", 64, ThisLibrary, Metric.Cpu, 1.00, TunedHttpClient),
        AtMost("small", 64, ThisLibrary, Metric.Allocated, 0.85, TunedHttpClient),
        AtLeast("small", 64, ThisLibraryOnLoop, Metric.Throughput, 1.50, TunedHttpClient),
        AtLeast("small", 512, ThisLibraryOnLoop, Metric.Throughput, 1.50, TunedHttpClient),
        AtLeast("small", 64, ThisLibraryOnLoop, Metric.Throughput, 0.60, Wrk),
        AtLeast("small", 512, ThisLibraryOnLoop, Metric.Throughput, 0.60, Wrk),
        AtLeast("small", 64, RestSharpClient, Metric.Cpu, 3.00, ThisLibrary),
        AtLeast("small", 64, FlurlClient, Metric.Cpu, 1.50, ThisLibrary),
        AtLeast("small", 64, AioHttp, Metric.Cpu, 6.00, ThisLibrary),
        AtLeast("small", 64, PythonRequests, Metric.Cpu, 20.00, ThisLibrary),
        AtLeast("small", 64, Httpx, Metric.Cpu, 20.00, ThisLibrary),
        AtMost("batch", 64, Gather, Metric.Cpu, 1.05, LoopByHand),
        AtMost("batch", 64, AsCompleted, Metric.Cpu, 1.05, LoopByHand),
        AtMost("in-flight", 10_000, ThisLibrary, Metric.GrowthInFlight, 1.00, TunedHttpClient),
        AtMost("download", 1, ThisLibrary, Metric.CpuSeconds, 1.30, Curl),
        AtMost("download", 1, ThisLibraryInParts, Metric.CpuSeconds, 1.30, Curl),
        AtMost("download", 1, ThisLibrary, Metric.Growth, FlatBytes, against: null),
        AtMost("download", 1, ThisLibraryInParts, Metric.Growth, FlatBytes, against: null),
        AtMost("discard", 1, ThisLibrary, Metric.Growth, FlatBytes, against: null),
        AtMost("cold-start", 1, ThisCommand, Metric.Wall, 1.00, Httpie),
    ];

    private static Goal AtMost(string scenario, int connections, Contender contender, Metric metric, double limit, Contender? against) =>
        new(scenario, connections, contender, metric, IsAtLeast: false, limit, against);

    private static Goal AtLeast(string scenario, int connections, Contender contender, Metric metric, double limit, Contender? against) =>
        new(scenario, connections, contender, metric, IsAtLeast: true, limit, against);
}
