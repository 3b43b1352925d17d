using System.Runtime.InteropServices;

namespace RequestsAsync.Cli;

/// <summary>Ctrl-C and SIGTERM: the first asks the command to stop in good order, a second one ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public Interruption()
    {
        Token = _stop.Token;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token { get; }

    /// <summary>What the process says to its parent, as every shell counts: 128 and the signal's number.</summary>
    public int ExitCode { get; private set; } = Cli.ExitCode.Interrupted;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _stop.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (_stop.IsCancellationRequested) return;

        context.Cancel = true;
        if (context.Signal == PosixSignal.SIGTERM) ExitCode = Cli.ExitCode.Terminated;
        _stop.Cancel();
    }
}
