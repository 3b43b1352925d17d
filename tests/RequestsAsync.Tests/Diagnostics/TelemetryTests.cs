using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RequestsAsync.Tests;

/// <summary>Spans and measurements by OpenTelemetry's conventions. Alone, since listeners hear the whole process.</summary>
[Collection(Alone.Name)]
public sealed class TelemetryTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public TelemetryTests()
    {
        _listener = new()
        {
            ShouldListenTo = static source => source.Name == "RequestsAsync",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_span_says_what_was_asked_and_what_came_and_no_secret()
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        await using Session session = new();

        await session.GetAsync(server.Url.Replace("://", "://user:secret@", StringComparison.Ordinal) + "/path?token=secret", cancellationToken: TestContext.Current.CancellationToken);

        Activity span = Assert.Single(_ended);
        Assert.Equal("GET", span.DisplayName);
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal("GET", span.GetTagItem("http.request.method"));
        Assert.Equal("127.0.0.1", span.GetTagItem("server.address"));
        Assert.Equal(new Uri(server.Url).Port, span.GetTagItem("server.port"));
        Assert.Equal(server.Url + "/path?*", span.GetTagItem("url.full"));
        Assert.Equal(404, span.GetTagItem("http.response.status_code"));
        Assert.Equal("404", span.GetTagItem("error.type"));
        Assert.Equal("1.1", span.GetTagItem("network.protocol.version"));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.DoesNotContain(span.TagObjects, tag => tag.Value?.ToString()?.Contains("secret", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_span_covers_the_body()
    {
        await using FaultyServer server = FaultyServer.Serve(async c =>
        {
            await c.ReadHeadAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\no");
            await Task.Delay(100, c.Stop);
            await c.WriteAsync("k");
        });
        await using Session session = new();

        await using Response response = await session.StreamAsync("GET", server.Url, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(_ended);
        await response.ReadAsync(TestContext.Current.CancellationToken);

        Assert.True(Assert.Single(_ended).Duration > TimeSpan.FromMilliseconds(80));
    }

    [Fact]
    public async Task The_server_learns_which_trace_it_belongs_to_and_a_field_by_hand_stays()
    {
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        await using Session session = new();
        using Activity parent = new Activity("work").Start();

        await session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);
        await session.GetAsync(server.Url, new() { Headers = { ["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" } }, TestContext.Current.CancellationToken);

        Activity[] spans = [.. _ended];
        Assert.Equal(parent.TraceId, spans[0].TraceId);
        Assert.Equal(parent.SpanId, spans[0].ParentSpanId);
        Assert.Contains($"traceparent: {spans[0].Id}", server.Heads[0]);
        Assert.Contains("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", server.Heads[1]);
        Assert.Same(parent, Activity.Current);
    }

    [Fact]
    public async Task A_failure_names_its_type()
    {
        await using FaultyServer server = FaultyServer.Serve(async c => await c.ReadHeadAsync());
        await using Session session = new();

        await Assert.ThrowsAsync<ConnectionLostException>(() => session.PostAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken));

        Activity span = Assert.Single(_ended);
        Assert.Equal(typeof(ConnectionLostException).FullName, span.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, span.Status);
    }

    [Fact]
    public async Task Methods_that_nobody_knows_make_one_series()
    {
        await using Session session = new(new MemoryHandler(_ => MemoryHandler.Ok()));

        await session.SendAsync("BREW", "http://example.test/", cancellationToken: TestContext.Current.CancellationToken);

        Activity span = Assert.Single(_ended);
        Assert.Equal("HTTP", span.DisplayName);
        Assert.Equal("_OTHER", span.GetTagItem("http.request.method"));
        Assert.Equal("BREW", span.GetTagItem("http.request.method_original"));
    }

    [Fact]
    public async Task Requests_and_connections_are_counted_and_measured()
    {
        ConcurrentQueue<(string Name, double Value, KeyValuePair<string, object?>[] Tags)> measured = new();
        using MeterListener meters = new() { InstrumentPublished = (instrument, listener) => { if (instrument.Meter.Name == "RequestsAsync") listener.EnableMeasurementEvents(instrument); } };
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, value, tags.ToArray())));
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue((instrument.Name, value, tags.ToArray())));
        meters.Start();
        await using FaultyServer server = FaultyServer.Start("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

        await using (Session session = new())
            await session.GetAsync(server.Url, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([1, -1], measured.Where(m => m.Name == "http.client.active_requests").Select(m => m.Value));
        Assert.Equal([1, -1], measured.Where(m => m.Name == "http.client.open_connections").Select(m => m.Value));
        (_, double seconds, KeyValuePair<string, object?>[] tags) = Assert.Single(measured, m => m.Name == "http.client.request.duration");
        Assert.InRange(seconds, 0, 10);
        Assert.Contains(new("http.response.status_code", 200), tags);
        Assert.Contains(new("url.scheme", "http"), tags);
        Assert.Single(measured, m => m.Name == "http.client.connection.duration");
    }
}
