namespace RequestsAsync.SideBySide.Tests;

public sealed class MeasurementJsonTests
{
    [Fact]
    public void The_last_line_is_the_measurement()
    {
        Measurement measurement = new() { Requests = 3, Seconds = 1.5, UserSeconds = 0.25, SystemSeconds = 0.125, P99Micros = 7 };

        Assert.Equal(measurement, MeasurementJson.Read($"a warning\n{MeasurementJson.Write(measurement)}\n"));
    }

    [Fact]
    public void A_line_of_the_Python_clients_is_read()
    {
        Measurement measurement = MeasurementJson.Read(
            """{"requests": 10, "errors": 1, "first_error": "no", "seconds": 2.0, "user_seconds": 0.5, "system_seconds": 0.25, "peak_bytes": 4096, "growth_bytes": 0}""");

        Assert.Equal((10, 1, "no", 0.25), (measurement.Requests, measurement.Errors, measurement.FirstError, measurement.SystemSeconds));
        Assert.Null(measurement.AllocatedBytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Traceback")]
    [InlineData("{}")]
    public void Anything_else_is_refused_with_what_it_was(string output) => Assert.Throws<FormatException>(() => MeasurementJson.Read(output));
}
