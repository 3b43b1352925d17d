using System.CommandLine;
using RequestsAsync.Bulk;

namespace RequestsAsync.Cli;

/// <summary>Tells what went wrong: the cause in one line, what to try in another, and the stack only for who asks.</summary>
internal static class ErrorReport
{
    /// <summary>Reports the error that ended the command.</summary>
    /// <returns>Its exit code.</returns>
    public static int Write(TextWriter error, Exception e, bool debug)
    {
        error.WriteLine("requests: " + TerminalText.Line(Cause(e)));
        if (e is CommandException { Excerpt: { } excerpt }) error.WriteLine("  " + TerminalText.Lines(excerpt).Replace("\n", "\n  ", StringComparison.Ordinal));
        if (Hint(e) is { } hint) error.WriteLine("  " + hint);
        if (debug) error.WriteLine(TerminalText.Lines(e.ToString()));
        return CodeOf(e);
    }

    /// <summary>Reports arguments that make no sense.</summary>
    /// <returns>The exit code for that.</returns>
    public static int WriteUsage(TextWriter error, ParseResult parsed)
    {
        string command = parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ";
        error.WriteLine("requests: " + TerminalText.Line(parsed.Errors[0].Message));
        error.WriteLine($"  'requests {command}--help' shows how it is used.");
        return ExitCode.Usage;
    }

    private static int CodeOf(Exception e) => e switch
    {
        CommandException command => command.Code,
        RequestTimeoutException => ExitCode.Timeout,
        TooManyRedirectsException => ExitCode.TooManyRedirects,
        InvalidRequestException or BlockedAddressException or RedirectException => ExitCode.Invalid,
        _ => ExitCode.Error,
    };

    private static string Cause(Exception e) => e switch
    {
        RequestException or CommandException or FrontierException or SinkException or InputException => e.Message,
        IOException or UnauthorizedAccessException => $"the output cannot be written: {e.Message}", // whoever opens a file speaks for it himself
        _ => $"unexpected {e.GetType().Name}: {e.Message}",
    };

    private static string? Hint(Exception e) => e switch
    {
        CommandException command => command.Hint,
        RequestTimeoutException { Phase: TimeoutPhase.Total or TimeoutPhase.Read or TimeoutPhase.Write } => "Allow more time with --timeout SECONDS.",
        RequestTimeoutException => "Check the host and the port.",
        RedirectException => "Without --follow the redirect is printed instead of followed.",
        InvalidRequestException => "'requests --help' shows how it is used.",
        NameResolutionException or ConnectException => "Check the host, the port and the network.",
        TlsException => "If the server speaks plain HTTP, write http:// before the host.",
        ProtocolException => "If the server speaks HTTPS, write https:// before the host.",
        ConnectionLostException => "It may work when it is sent again.",
        BodyTooLargeException => "Write it to a file with -o FILE.",
        RequestException or IOException or UnauthorizedAccessException => null,
        _ => "--debug shows where it happened.",
    };
}
