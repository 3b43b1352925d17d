using System.CommandLine;
using System.Net.Sockets;
using RequestsAsync.Testing;

namespace RequestsAsync.Cli;

/// <summary><c>requests serve</c>: httpbin on the loopback interface until Ctrl-C or SIGTERM.</summary>
internal sealed class ServeCommand : Command
{
    private readonly StandardStreams _streams;

    public ServeCommand(StandardStreams streams)
        : base("serve", "Serve httpbin on 127.0.0.1 until Ctrl-C.")
    {
        _streams = streams;
        Option<int> port = new("--port", "-p")
        {
            Description = "The port; a free one unless given.",
            HelpName = "N",
            CustomParser = OptionValues.Port,
        };
        Options.Add(port);
        SetAction((parsed, stopping) => RunAsync(parsed.GetValue(port), stopping));
    }

    private async Task<int> RunAsync(int port, CancellationToken stopping)
    {
        HttpBin bin = await StartAsync(port, stopping).ConfigureAwait(false);
        await using (bin.ConfigureAwait(false))
        {
            // The address alone goes to the output, so that a script can take it from there.
            await _streams.Text.WriteLineAsync(bin.Url).ConfigureAwait(false);
            await _streams.Error.WriteLineAsync("httpbin is listening. Ctrl-C stops it.").ConfigureAwait(false);
            await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return ExitCode.Success;
    }

    private static async Task<HttpBin> StartAsync(int port, CancellationToken stopping)
    {
        try
        {
            return await HttpBin.StartAsync(new() { Port = port }, stopping).ConfigureAwait(false);
        }
        catch (IOException e) when (port != 0)
        {
            throw new CommandException($"Port {port} is taken.", "Choose another one with --port, or leave it out for a free one.", e);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            throw new CommandException($"Port {port} is not yours to use.", "Choose one above 1023.", e);
        }
    }
}
