using Microsoft.Extensions.Hosting;

namespace RequestsAsync.Testing;

/// <summary>In place of the console lifetime, which would take Ctrl+C and SIGTERM away from the test process.</summary>
internal sealed class PassiveLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
