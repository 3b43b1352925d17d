using System.Globalization;

namespace RequestsAsync.Testing;

/// <summary>Reads content to its end, which its fields tell (RFC 9112 §6.3).</summary>
/// <param name="connection">Where from.</param>
/// <param name="taken">How many bytes of it are gone already.</param>
internal readonly struct FramedContent(FaultyConnection connection, long taken)
{
    public async ValueTask ReadAsync(FaultyRequest request)
    {
        if (request.Field("Transfer-Encoding") is { } coding)
        {
            if (!coding.EndsWith("chunked", StringComparison.OrdinalIgnoreCase)) throw new ClientFaultException($"A request with 'Transfer-Encoding: {coding}' has no end.");
            if (taken > 0) throw new InvalidOperationException("A part of the chunks was discarded, and without it nobody knows where the next begins: read the content before the rest is discarded.");
            await ReadChunksAsync().ConfigureAwait(false);
        }
        else if (request.Field("Content-Length") is { } text)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long length)) throw new ClientFaultException($"'Content-Length: {text}' is no length.");
            await connection.TakeAsync(Math.Max(length - taken, 0), isContent: true).ConfigureAwait(false);
        }
    }

    private async ValueTask ReadChunksAsync()
    {
        while (true)
        {
            string line = await connection.TakeLineAsync().ConfigureAwait(false);
            if (!long.TryParse(line.Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long length) || length < 0)
                throw new ClientFaultException($"'{line}' is not the size of a chunk.");
            if (length == 0) break;
            await connection.TakeAsync(length, isContent: true).ConfigureAwait(false);
            if ((await connection.TakeLineAsync().ConfigureAwait(false)).Length > 0) throw new ClientFaultException($"A chunk is longer than its size, {length}, says.");
        }

        while ((await connection.TakeLineAsync().ConfigureAwait(false)).Length > 0)
        {
            // a trailer field
        }
    }
}
