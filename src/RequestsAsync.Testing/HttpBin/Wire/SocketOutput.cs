using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace RequestsAsync.Testing;

/// <summary>What goes to the socket itself, below TLS: only its end ends the connection.</summary>
internal sealed class SocketOutput(PipeWriter output)
{
    internal static ConnectionDelegate Note(ConnectionDelegate next) => connection =>
    {
        connection.Features.Set(new SocketOutput(connection.Transport.Output));
        return next(connection);
    };

    /// <summary>Sends what was written, and then the end of the stream.</summary>
    internal ValueTask EndAsync() => output.CompleteAsync();
}
