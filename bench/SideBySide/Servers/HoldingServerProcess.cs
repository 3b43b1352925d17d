using System.Globalization;

namespace RequestsAsync.SideBySide;

/// <summary>A <see cref="HoldingServer"/> in a process of its own.</summary>
internal sealed class HoldingServerProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;

    private HoldingServerProcess(ChildProcess process, int port, int controlPort)
    {
        _process = process;
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/");
        ControlPort = controlPort;
    }

    /// <summary>Where it takes requests.</summary>
    public string Url { get; }

    /// <summary>Where it takes orders.</summary>
    public int ControlPort { get; }

    /// <summary>Starts it, and returns when it takes connections.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public static async Task<HoldingServerProcess> StartAsync(CancellationToken cancellationToken)
    {
        ChildProcess process = ChildProcess.Start(Environment.ProcessPath!, ["hold"]);
        try
        {
            string line = await process.ReadLineAsync(cancellationToken)
                ?? throw new InvalidOperationException($"The holding server ended: {await process.ErrorTextAsync()}");
            string[] ports = line.Split(' ');
            return new HoldingServerProcess(process, int.Parse(ports[0], CultureInfo.InvariantCulture), int.Parse(ports[1], CultureInfo.InvariantCulture));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
