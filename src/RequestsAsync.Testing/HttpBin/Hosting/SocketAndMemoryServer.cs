using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;

namespace RequestsAsync.Testing;

/// <summary>Serves one application both by Kestrel and by the in-memory test server.</summary>
internal sealed class SocketAndMemoryServer(KestrelServer sockets, TestServer memory) : IServer
{
    public IFeatureCollection Features => sockets.Features;

    public async Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        await sockets.StartAsync(application, cancellationToken).ConfigureAwait(false);
        await ((IServer)memory).StartAsync(application, cancellationToken).ConfigureAwait(false);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await sockets.StopAsync(cancellationToken).ConfigureAwait(false);
        await ((IServer)memory).StopAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        sockets.Dispose();
        memory.Dispose();
    }
}
