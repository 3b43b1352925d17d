using System.Collections.Concurrent;
using System.Diagnostics;

namespace RequestsAsync.Interop;

/// <summary>A server as a child process, ended by its id.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private ServerProcess(string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
    }

    /// <summary>Starts the program, and returns when it takes connections.</summary>
    /// <exception cref="InvalidOperationException">It ended, or takes none; the message holds what it printed.</exception>
    public static async Task<ServerProcess> StartAsync(string program, IEnumerable<string> arguments, int port, CancellationToken cancellationToken)
    {
        ServerProcess server = new(program, arguments);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();

        long start = Stopwatch.GetTimestamp();
        while (!await LoopbackPort.IsOpenAsync(port, cancellationToken))
        {
            bool hasEnded = server._process.HasExited;
            if (hasEnded || Stopwatch.GetElapsedTime(start) > StartLimit)
            {
                await server.DisposeAsync();
                throw new InvalidOperationException($"{program} {(hasEnded ? "ended" : "takes no connections")}:\n{string.Join('\n', server._output)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }

        return server;
    }

    public ValueTask DisposeAsync() => new(_process.EndAsync());
}
