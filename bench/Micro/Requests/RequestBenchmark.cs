using BenchmarkDotNet.Attributes;

namespace RequestsAsync.Micro;

/// <summary>A request that all contenders make, over both transports.</summary>
public abstract class RequestBenchmark
{
    private Contenders? _contenders;

    /// <summary>What answers.</summary>
    [Params(Transport.Handler, Transport.Connection)]
    public Transport Transport { get; set; }

    internal Contenders With => _contenders!;

    internal static string Url => Contenders.Url;

    internal static Uri Uri => Contenders.Uri;

    [GlobalSetup]
    public void Setup() => _contenders = Create();

    [GlobalCleanup]
    public void Cleanup() => _contenders?.Dispose();

    internal abstract Contenders Create();
}
