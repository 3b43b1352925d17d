using System.Globalization;

namespace RequestsAsync.SideBySide;

/// <summary>One figure that is made of a measurement.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="Heading">Its name in tables, with the unit.</param>
/// <param name="Format">How its numbers are written.</param>
/// <param name="Of">The figure; <see langword="null"/> where it was not measured.</param>
internal sealed record Metric(string Name, string Heading, string Format, Func<Measurement, double?> Of)
{
    public static readonly Metric Throughput = new("requests_per_second", "req/s", "#,0", static m => m.Requests / m.Seconds);
    public static readonly Metric Cpu = new("cpu_us_per_request", "CPU µs", "#,0.0", static m => (m.UserSeconds + m.SystemSeconds) * 1e6 / m.Requests);
    public static readonly Metric UserCpu = new("user_us_per_request", "user µs", "#,0.0", static m => m.UserSeconds * 1e6 / m.Requests);
    public static readonly Metric SystemCpu = new("system_us_per_request", "system µs", "#,0.0", static m => m.SystemSeconds * 1e6 / m.Requests);
    public static readonly Metric Allocated = new("allocated_bytes_per_request", "alloc B", "#,0", static m => (double?)m.AllocatedBytes / m.Requests);
    public static readonly Metric Peak = new("peak_bytes", "peak MB", "#,0,,.0", static m => m.PeakBytes);
    public static readonly Metric P50 = new("p50_us", "p50 µs", "#,0", static m => m.P50Micros);
    public static readonly Metric P99 = new("p99_us", "p99 µs", "#,0", static m => m.P99Micros);
    public static readonly Metric GrowthInFlight = new("resident_bytes_per_request_in_flight", "resident B/request", "#,0", static m => (double?)m.GrowthBytes / m.Requests);
    public static readonly Metric LiveInFlight = new("live_bytes_per_request_in_flight", "live B/request", "#,0", static m => (double?)m.LiveBytes / m.Requests);
    public static readonly Metric CpuSeconds = new("cpu_seconds", "CPU s", "0.000", static m => m.UserSeconds + m.SystemSeconds);
    public static readonly Metric UserSeconds = new("user_seconds", "user s", "0.000", static m => m.UserSeconds);
    public static readonly Metric SystemSeconds = new("system_seconds", "system s", "0.000", static m => m.SystemSeconds);
    public static readonly Metric Growth = new("growth_bytes", "growth MB", "#,0,,.0", static m => m.GrowthBytes);
    public static readonly Metric Wall = new("wall_seconds", "wall s", "0.000", static m => m.Seconds);

    /// <summary>Of workers that send one request after another.</summary>
    public static readonly IReadOnlyList<Metric> Steady = [Throughput, Cpu, UserCpu, SystemCpu, Allocated, Peak, P50, P99];

    /// <summary>Of batches, whose requests have no time of their own.</summary>
    public static readonly IReadOnlyList<Metric> Batch = [Throughput, Cpu, UserCpu, SystemCpu, Allocated, Peak];

    /// <summary>Of requests that all wait at once.</summary>
    public static readonly IReadOnlyList<Metric> InFlight = [GrowthInFlight, LiveInFlight, Cpu, Allocated, Peak];

    /// <summary>Of one large body.</summary>
    public static readonly IReadOnlyList<Metric> Download = [Wall, CpuSeconds, UserSeconds, SystemSeconds, Peak, Growth];

    /// <summary>Of a command.</summary>
    public static readonly IReadOnlyList<Metric> Command = [Wall, CpuSeconds, UserSeconds, SystemSeconds];

    /// <summary>A figure as it is written.</summary>
    public string Write(double figure) => figure.ToString(Format, CultureInfo.InvariantCulture);
}
