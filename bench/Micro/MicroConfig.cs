using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace RequestsAsync.Micro;

/// <summary>How every benchmark here is measured: short, in this process, with what it allocates.</summary>
/// <remarks>
/// In this process, so that no project is generated and built under this repository's <c>Directory.Build.props</c>, and all is measured in a few
/// minutes. The bytes are exact; the times are good for ratios.
/// </remarks>
internal sealed class MicroConfig : ManualConfig
{
    public MicroConfig()
    {
        AddJob(Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(5)
            .WithIterationCount(10)
            .WithIterationTime(TimeInterval.FromMilliseconds(100)));
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddExporter(MarkdownExporter.GitHub, JsonExporter.Brief);
        AddLogger(ConsoleLogger.Default);
    }
}
