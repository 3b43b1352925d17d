using System.CommandLine;

namespace RequestsAsync.Cli.Tests;

public sealed class TimeoutTests
{
    [Theory]
    [InlineData("", false, null, false)]
    [InlineData("--timeout 60", false, 60, true)]
    [InlineData("--timeout 60 --retry 2", false, 60, false)]
    [InlineData("--timeout 60 --retry 2", true, 60, true)]
    [InlineData("--retry 2", false, null, false)]
    [InlineData("", true, null, true)]
    public void Silence_ends_nothing_where_the_whole_is_limited_or_lines_are_printed_as_they_come(string arguments, bool isStream, int? total, bool allowsSilence)
    {
        Command command = new("test");
        TransportOptions transport = new();
        transport.AddTo(command);
        ParseResult parsed = command.Parse(arguments);
        SessionOptions options = transport.Read(parsed);

        transport.AllowSilence(parsed, options, isStream);

        Timeouts expected = allowsSilence ? new() { Read = Timeouts.Infinite, Write = Timeouts.Infinite } : new();
        Assert.Equal(expected with { Total = total is { } seconds ? TimeSpan.FromSeconds(seconds) : null }, options.Timeout);
    }
}
