using System.CommandLine;

namespace RequestsAsync.Cli;

/// <summary><c>requests demo</c>: shows what it brings to send requests concurrently, on this machine or with the user's own URLs.</summary>
internal sealed class DemoCommand : Command
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    private readonly StandardStreams _streams;

    public DemoCommand(StandardStreams streams)
        : base("demo", "Send the same requests one after another, on threads and concurrently, and compare.")
    {
        _streams = streams;
        Option<string?> urls = new("--urls") { Description = "Use the URLs of a file, one a line, or '-' for the input.", HelpName = "FILE" };
        Option<TimeSpan?> timeout = new("--timeout")
        {
            Description = "How long each of one's own URLs may take; 30 unless given.",
            HelpName = "SECONDS",
            CustomParser = OptionValues.Seconds,
        };
        Options.Add(urls);
        Options.Add(timeout);
        SetAction((parsed, stopping) => RunAsync(parsed.GetValue(urls), parsed.GetValue(timeout) ?? DefaultTimeout, stopping));
    }

    private async Task<int> RunAsync(string? path, TimeSpan timeout, CancellationToken stopping)
    {
        IDemoScreen screen = _streams.IsTerminal ? new TerminalScreen(_streams) : new PlainScreen(_streams.Text);
        if (path is null)
        {
            await new ConcurrencyDemo(screen).RunAsync(stopping).ConfigureAwait(false);
            return ExitCode.Success;
        }

        List<string> urls = await UrlList.ReadAsync(path, _streams, stopping).ConfigureAwait(false);
        return await new UrlListDemo(screen, timeout).RunAsync(urls, stopping).ConfigureAwait(false) ? ExitCode.Success : ExitCode.Error;
    }
}
