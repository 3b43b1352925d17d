namespace RequestsAsync.Micro;

/// <summary>What the JSON benchmarks send and read.</summary>
public sealed record Weather(string City, double Temperature, int Humidity, string Summary, DateTimeOffset At);
