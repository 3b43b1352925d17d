using System.Text;

namespace RequestsAsync.Testing;

public sealed partial class FaultyScript
{
    /// <summary>Writes a text, each character a byte (Latin-1).</summary>
    /// <param name="text">Exactly what goes out: line ends are <c>\r\n</c>.</param>
    public FaultyScript Write(string text) => Write(Encoding.Latin1.GetBytes(text));

    /// <summary>Writes bytes.</summary>
    /// <param name="bytes">Exactly what goes out.</param>
    public FaultyScript Write(byte[] bytes) => Add("Write()", connection => connection.WriteAsync(bytes));

    /// <summary>Writes a text that depends on the request whose head was read last.</summary>
    /// <param name="text">The text for a request, each character a byte.</param>
    public FaultyScript Write(Func<FaultyRequest, string> text) => Add("Write()", connection => connection.WriteAsync(text(RequestOf(connection))));

    /// <summary>Writes bytes that depend on the request whose head was read last.</summary>
    /// <param name="bytes">The bytes for a request.</param>
    public FaultyScript Write(Func<FaultyRequest, byte[]> bytes) => Add("Write()", connection => connection.WriteAsync(bytes(RequestOf(connection))));

    /// <summary>Writes a text piece by piece.</summary>
    /// <param name="text">What goes out, each character a byte.</param>
    /// <param name="chunk">How many bytes at once.</param>
    /// <param name="interval">How long to rest between two pieces.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunk"/> is not positive.</exception>
    public FaultyScript WriteSlowly(string text, int chunk, TimeSpan interval) => WriteSlowly(Encoding.Latin1.GetBytes(text), chunk, interval);

    /// <summary>Writes bytes piece by piece.</summary>
    /// <param name="bytes">What goes out.</param>
    /// <param name="chunk">How many bytes at once.</param>
    /// <param name="interval">How long to rest between two pieces, by the clock of <see cref="FaultyServerOptions.TimeProvider"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunk"/> is not positive.</exception>
    public FaultyScript WriteSlowly(byte[] bytes, int chunk, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chunk);
        return Add("WriteSlowly()", connection => connection.WriteSlowlyAsync(bytes, chunk, interval));
    }

    /// <summary>Writes <c>100 Continue</c> if the request whose head was read last asks for it.</summary>
    public FaultyScript Continue() => Add("Continue()", static connection => connection.ContinueAsync());

    /// <summary>Answers without content.</summary>
    /// <param name="status">The status code.</param>
    public FaultyScript Reply(int status) => Reply(new FaultyReply(status));

    /// <summary>Answers with a text, its length before it.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="body">The content, sent as UTF-8.</param>
    public FaultyScript Reply(int status, string body) => Reply(new FaultyReply(status) { Text = body });

    /// <summary>Answers with fields and a text.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="fields">The fields; <c>Content-Length</c> is added unless it or <c>Transfer-Encoding</c> is among them.</param>
    /// <param name="body">The content, sent as UTF-8.</param>
    public FaultyScript Reply(int status, IReadOnlyList<(string Name, string Value)> fields, string body = "") =>
        Reply(new FaultyReply(status) { Fields = fields, Text = body });

    /// <summary>Answers.</summary>
    /// <param name="reply">The answer.</param>
    public FaultyScript Reply(FaultyReply reply) => Add("Reply()", connection => connection.ReplyAsync(reply));

    /// <summary>Answers by the request whose head was read last.</summary>
    /// <param name="reply">The answer to a request.</param>
    public FaultyScript Reply(Func<FaultyRequest, FaultyReply> reply) => Add("Reply()", connection => connection.ReplyAsync(reply(RequestOf(connection))));
}
