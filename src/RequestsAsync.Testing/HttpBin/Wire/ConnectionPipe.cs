using System.IO.Pipelines;

namespace RequestsAsync.Testing;

/// <summary>The two directions of a connection.</summary>
internal sealed class ConnectionPipe(PipeReader input, PipeWriter output) : IDuplexPipe
{
    public PipeReader Input => input;

    public PipeWriter Output => output;
}
