namespace RequestsAsync.SideBySide.Tests;

public sealed class WrkOutputTests
{
    private const string Whole = """
        Running 1s test @ http://127.0.0.1:8080/small
          1 threads and 64 connections
          Thread Stats   Avg      Stdev     Max   +/- Stdev
            Latency   643.04us  411.86us   9.66ms   91.52%
            Req/Sec    92.70k     5.13k   99.92k    60.00%
          Latency Distribution
             50%  522.00us
             75%  700.00us
             90%    1.03ms
             99%    2.28ms
          92032 requests in 1.00s, 27.03MB read
        Requests/sec:  92032.11
        Transfer/sec:     27.02MB

        """;

    [Fact]
    public void Counts_and_percentiles_are_read()
    {
        Measurement measurement = WrkOutput.Parse(Whole);

        Assert.Equal((92032, 0, 1.0), (measurement.Requests, measurement.Errors, measurement.Seconds));
        Assert.Equal((522.0, 2280.0), (measurement.P50Micros, measurement.P99Micros));
    }

    [Theory]
    [InlineData("  Socket errors: connect 0, read 3, write 0, timeout 1")]
    [InlineData("  Non-2xx or 3xx responses: 12")]
    public void What_failed_makes_it_void(string line)
    {
        Measurement measurement = WrkOutput.Parse(Whole.Replace("Requests/sec", $"{line}\nRequests/sec", StringComparison.Ordinal));

        Assert.Equal(1, measurement.Errors);
        Assert.Equal(line.Trim(), measurement.FirstError);
    }

    [Theory]
    [InlineData("5 requests in 1.50m, 1B read", 90)]
    [InlineData("5 requests in 250.00ms, 1B read", 0.25)]
    public void Times_have_units(string line, double seconds) => Assert.Equal(seconds, WrkOutput.Parse(line).Seconds, 6);

    [Fact]
    public void Anything_else_is_refused() => Assert.Throws<FormatException>(() => WrkOutput.Parse("unable to connect to 127.0.0.1:1 Connection refused"));
}
