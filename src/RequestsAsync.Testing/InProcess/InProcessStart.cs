using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;

namespace RequestsAsync.Testing;

/// <summary>Starts an application once, however many want to call it at the same time.</summary>
internal static class InProcessStart
{
    private static readonly ConditionalWeakTable<IHost, SemaphoreSlim> Turns = [];

    /// <summary>The application runs when this returns.</summary>
    /// <exception cref="InvalidOperationException">It was stopped already, or has no server that can be called.</exception>
    internal static void Run(IHost host)
    {
        SemaphoreSlim turn = TurnOf(host);
        turn.Wait();
        try
        {
            if (InProcessApp.PrepareStart(host)) host.Start();
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc cref="Run"/>
    internal static async Task RunAsync(IHost host, CancellationToken cancellationToken)
    {
        SemaphoreSlim turn = TurnOf(host);
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (InProcessApp.PrepareStart(host)) await host.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    private static SemaphoreSlim TurnOf(IHost host) => Turns.GetValue(host, static _ => new SemaphoreSlim(1, 1));
}
