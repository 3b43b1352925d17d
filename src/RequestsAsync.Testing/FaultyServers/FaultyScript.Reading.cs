using System.Globalization;

namespace RequestsAsync.Testing;

public sealed partial class FaultyScript
{
    /// <summary>Reads the head of a request, to the empty line behind its fields, and records the request.</summary>
    public FaultyScript ReadHead() => Add("ReadHead()", static connection => NextAsync(connection, static next => next.ReadHeadAsync()));

    /// <summary>
    /// Reads a whole request, its content by <c>Content-Length</c> or in chunks, and records it; a client that asks by <c>Expect: 100-continue</c> is told
    /// to go on.
    /// </summary>
    public FaultyScript ReadRequest() => Add("ReadRequest()", static connection => NextAsync(connection, static next => next.ReadRequestAsync()));

    /// <summary>Reads the content of the request whose head was read last, by its <c>Content-Length</c> or in chunks, and keeps it.</summary>
    public FaultyScript ReadBody() => Add("ReadBody()", static connection => connection.ReadBodyAsync());

    /// <summary>Reads so many bytes and keeps them as content of the request, if there is one.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public FaultyScript ReadBytes(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Add(Named("ReadBytes", count), async connection => Demand((await connection.ReadBytesAsync(count).ConfigureAwait(false)).Length, count));
    }

    /// <summary>Reads so many bytes and keeps none of them.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public FaultyScript Discard(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Add(Named("Discard", count), async connection => Demand(await connection.DiscardAsync(count).ConfigureAwait(false), count));
    }

    /// <summary>Reads, keeping nothing, until the client closes.</summary>
    public FaultyScript WaitForClose() => Add("WaitForClose()", static connection => connection.WaitForCloseAsync());

    private static string Named(string name, long number) => string.Create(CultureInfo.InvariantCulture, $"{name}({number})");

    private static void Demand(long read, long count)
    {
        if (read < count) throw new ClientFaultException(string.Create(CultureInfo.InvariantCulture, $"The client closed after {read} of {count} bytes."));
    }

    // A kept connection ends between two requests, and that is no failure.
    private static async Task NextAsync(FaultyConnection connection, Func<FaultyConnection, Task<FaultyRequest?>> read)
    {
        bool isFirst = connection.Request is null;
        if (await read(connection).ConfigureAwait(false) is not null) return;
        if (isFirst) throw new ClientFaultException("The client closed before it sent a request.");
        connection.Close();
    }
}
