using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RequestsAsync;

/// <summary>The spans and measurements of this library, by OpenTelemetry's conventions for HTTP clients. Without a listener they cost a look at a field.</summary>
internal static class Telemetry
{
    /// <summary>The name of the <see cref="ActivitySource"/> and of the <see cref="Meter"/>.</summary>
    public const string Name = "RequestsAsync";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "http.client.request.duration", "s", "Duration of HTTP client requests, until the last byte of the body.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] });

    private static readonly UpDownCounter<long> Active = Meter.CreateUpDownCounter<long>("http.client.active_requests", "{request}", "HTTP requests under way.");

    private static readonly UpDownCounter<long> Open = Meter.CreateUpDownCounter<long>("http.client.open_connections", "{connection}", "Outbound HTTP connections that are open.");

    private static readonly Histogram<double> ConnectionDuration = Meter.CreateHistogram<double>("http.client.connection.duration", "s", "How long outbound HTTP connections were open.");

    private static readonly Counter<long> Resends = Meter.CreateCounter<long>("requestsasync.client.retries", "{request}", "Requests that were sent once more after a failure.");

    /// <summary>Whether anybody wants to know of requests.</summary>
    public static bool IsEnabled => Source.HasListeners() || Duration.Enabled || Active.Enabled;

    /// <summary>Begins the span of a request; <see langword="null"/> when it is not sampled.</summary>
    public static Activity? Start(string name, in TagList tags) =>
        Source.CreateActivity(name, ActivityKind.Client, default(ActivityContext), tags)?.Start();

    /// <summary>A request is under way, or is no more.</summary>
    public static void Count(int change, in TagList tags) => Active.Add(change, tags);

    /// <summary>A request is over.</summary>
    public static void Record(TimeSpan duration, in TagList tags) => Duration.Record(duration.TotalSeconds, tags);

    /// <summary>A connection was opened.</summary>
    public static void Opened(Connection connection)
    {
        connection.IsCounted = Open.Enabled;
        if (connection.IsCounted) Open.Add(1, TagsOf(connection));
    }

    /// <summary>A connection was closed.</summary>
    public static void Closed(Connection connection, TimeSpan age)
    {
        if (connection.IsCounted) Open.Add(-1, TagsOf(connection));
        if (ConnectionDuration.Enabled) ConnectionDuration.Record(age.TotalSeconds, TagsOf(connection));
    }

    /// <summary>A request is sent once more.</summary>
    public static void Retry(PreparedRequest request)
    {
        if (Resends.Enabled) Resends.Add(1, new TagList { { "http.request.method", RequestSpan.MethodName(request) }, { "server.address", request.Url.Host } });
    }

    private static TagList TagsOf(Connection connection) => new()
    {
        { "server.address", connection.Host },
        { "server.port", connection.Port },
        { "url.scheme", connection.Security is null ? "http" : "https" },
    };
}
