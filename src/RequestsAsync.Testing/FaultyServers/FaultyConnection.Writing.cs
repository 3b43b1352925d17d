using System.Text;

namespace RequestsAsync.Testing;

public sealed partial class FaultyConnection
{
    /// <summary>Writes a text, each character a byte (Latin-1).</summary>
    /// <param name="text">Exactly what goes out: line ends are <c>\r\n</c>.</param>
    /// <exception cref="IOException">The client has gone.</exception>
    public Task WriteAsync(string text) => WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Writes bytes, and returns when the system has taken them all.</summary>
    /// <param name="bytes">Exactly what goes out.</param>
    /// <exception cref="IOException">The client has gone.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes, Stop).ConfigureAwait(false);

    /// <summary>Writes bytes piece by piece, each in a packet of its own as far as that is in a server's power.</summary>
    /// <param name="bytes">What goes out.</param>
    /// <param name="chunk">How many bytes at once.</param>
    /// <param name="interval">How long to rest between two pieces, by the clock of <see cref="FaultyServerOptions.TimeProvider"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunk"/> is not positive.</exception>
    /// <exception cref="IOException">The client has gone.</exception>
    public async Task WriteSlowlyAsync(ReadOnlyMemory<byte> bytes, int chunk, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunk);
        while (true)
        {
            ReadOnlyMemory<byte> piece = bytes[..Math.Min(chunk, bytes.Length)];
            await WriteAsync(piece).ConfigureAwait(false);
            bytes = bytes[piece.Length..];
            if (bytes.IsEmpty) return;
            await WaitAsync(interval).ConfigureAwait(false);
        }
    }

    /// <summary>Answers the request whose head was read last.</summary>
    /// <param name="reply">The answer.</param>
    /// <exception cref="IOException">The client has gone.</exception>
    public Task ReplyAsync(FaultyReply reply) => WriteAsync(reply.ToBytes(Request?.Method ?? "GET"));

    /// <summary>Writes <c>100 Continue</c> if the request whose head was read last asks for it (RFC 9110 §10.1.1).</summary>
    /// <exception cref="IOException">The client has gone.</exception>
    public Task ContinueAsync() => string.Equals(Request?.Field("Expect"), "100-continue", StringComparison.OrdinalIgnoreCase)
        ? WriteAsync("HTTP/1.1 100 Continue\r\n\r\n")
        : Task.CompletedTask;
}
