using Microsoft.Extensions.Logging;

namespace RequestsAsync.Tests;

public class LogTests
{
    [Fact]
    public async Task That_certificates_are_not_checked_is_said_loudly_and_once()
    {
        Lines log = new();

        await using Session session = new(new() { Logger = log, Tls = new() { Verify = false } });

        (LogLevel level, string text) = Assert.Single(log.Written);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains("Verify is false", text);
    }

    [Fact]
    public async Task A_retry_is_written_down_without_the_values_of_the_query()
    {
        Lines log = new();
        int asked = 0;
        await using Session session = new(
            new MemoryHandler(_ => new(asked++ == 0 ? System.Net.HttpStatusCode.ServiceUnavailable : System.Net.HttpStatusCode.OK)),
            new() { Logger = log, Retry = Retry.Default with { Delay = TimeSpan.FromMilliseconds(1) } });

        await session.GetAsync("http://ana:hidden@example.test/path?token=hidden", cancellationToken: TestContext.Current.CancellationToken);

        (LogLevel level, string text) = Assert.Single(log.Written);
        Assert.Equal(LogLevel.Information, level);
        Assert.StartsWith("GET http://example.test/path?*: sending 2 follows in ", text, StringComparison.Ordinal);
        Assert.EndsWith("after status 503", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", text);
    }

    private sealed class Lines : ILogger
    {
        public List<(LogLevel Level, string Text)> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add((logLevel, formatter(state, exception)));
    }
}
