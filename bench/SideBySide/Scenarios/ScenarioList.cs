using static RequestsAsync.SideBySide.Contenders;

namespace RequestsAsync.SideBySide;

/// <summary>Everything in which clients are compared, in the order of the run.</summary>
internal static class ScenarioList
{
    public static readonly IReadOnlyList<Scenario> All =
    [
        new("small", "GET of 150 bytes, read as text", LoadShape.Text, [1, 64, 512], TunedHttpClient,
            [ThisLibrary, ThisLibraryOnLoop, ThisLibraryBlocking, Invoker, TunedHttpClient, HttpClientWithFields, DefaultHttpClient, RestSharpClient, FlurlClient, AioHttp, Httpx, PythonRequests, Wrk], Metric.Steady) { Focus = 64 },
        new("json", "GET of 150 bytes, read as JSON with source generation", LoadShape.Json, [64], TunedHttpClient, [ThisLibrary, Invoker, TunedHttpClient], Metric.Steady),
        new("tls", "GET of 150 bytes over TLS, HTTP/1.1", LoadShape.Text, [64], TunedHttpClient,
            [ThisLibrary, ThisLibraryOnLoop, Invoker, TunedHttpClient, HttpClientWithFields, DefaultHttpClient, RestSharpClient, FlurlClient, AioHttp, Httpx, PythonRequests, Wrk], Metric.Steady) { Protocol = SiteProtocol.Secure },
        new("http2", "GET of 150 bytes over one HTTP/2 connection, streams at once", LoadShape.Text, [100], TunedHttpClient, [ThisLibrary, ThisLibraryOnLoop, Invoker, TunedHttpClient], Metric.Steady)
        {
            Protocol = SiteProtocol.Multiplexed,
        },
        new("large", "GET of 1 MiB, read as bytes", LoadShape.Bytes, [16], TunedHttpClient,
            [ThisLibrary, ThisLibraryOnLoop, Invoker, TunedHttpClient, HttpClientWithFields, DefaultHttpClient, RestSharpClient, FlurlClient, AioHttp, Httpx, PythonRequests, Wrk], Metric.Steady)
        {
            Path = "/large",
            BodyLength = Site.LargeLength,
        },
        new("batch", "batches of 5,000 GETs, 64 at once, over one session", LoadShape.Batch, [64], LoopByHand, [Gather, AsCompleted, LoopByHand], Metric.Batch),
        new("in-flight", "requests that all wait for a slow server at once", LoadShape.InFlight, [10_000], TunedHttpClient, [ThisLibrary, Invoker, TunedHttpClient, AioHttp], Metric.InFlight),
        new("download", "1 GiB, saved as a file", LoadShape.Download, [1], Curl, [ThisLibrary, ThisLibraryInParts, TunedHttpClient, Curl], Metric.Download)
        {
            Path = "/download",
            BodyLength = Site.DownloadLength,
        },
        new("discard", "1 GiB, read piece by piece and thrown away", LoadShape.Discard, [1], Curl, [ThisLibrary, TunedHttpClient, Curl], Metric.Download)
        {
            Path = "/download",
            BodyLength = Site.DownloadLength,
        },
        new("cold-start", "the command, from its start to its end, for one GET", LoadShape.Command, [1], Httpie, [ThisCommand, Httpie, Curl], Metric.Command),
    ];

    /// <summary>The scenarios that a run was asked for.</summary>
    /// <exception cref="FormatException">There is none of a name.</exception>
    public static IReadOnlyList<Scenario> Named(IReadOnlyList<string>? names)
    {
        foreach (string name in names ?? [])
        {
            if (!All.Any(scenario => scenario.Name == name)) throw new FormatException($"There is no scenario {name}, but {string.Join(", ", All.Select(static scenario => scenario.Name))}.");
        }

        return names is null ? All : [.. All.Where(scenario => names.Contains(scenario.Name))];
    }
}
