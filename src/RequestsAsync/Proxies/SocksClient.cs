using System.Net;

namespace RequestsAsync;

/// <summary>Asks a SOCKS proxy for a connection. It reads the proxy's answers to their last byte and not further: what comes then is the target's.</summary>
internal sealed class SocksClient(Proxy proxy)
{
    private readonly Socks4 _socks4 = new(proxy);
    private readonly Socks5 _socks5 = new(proxy);

    /// <summary>Has the proxy connect to the target, after which the stream leads there.</summary>
    /// <returns>Why the proxy does not connect to this target, or <see langword="null"/> if it did.</returns>
    /// <exception cref="ProxyException">It accepts no request of this user, closes, or answers in something that is no SOCKS.</exception>
    public async ValueTask<string?> ConnectAsync(Stream stream, EndPoint target, CancellationToken cancellationToken)
    {
        try
        {
            return proxy.Scheme is "socks4" or "socks4a"
                ? await ConnectBy4Async(stream, target, cancellationToken).ConfigureAwait(false)
                : await ConnectBy5Async(stream, target, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw Socks.Closed(proxy, e);
        }
    }

    private async ValueTask<string?> ConnectBy4Async(Stream stream, EndPoint target, CancellationToken cancellationToken) =>
        _socks4.Refusal(await AskAsync(stream, _socks4.Connect(target), Socks4.ReplyLength, cancellationToken).ConfigureAwait(false));

    private async ValueTask<string?> ConnectBy5Async(Stream stream, EndPoint target, CancellationToken cancellationToken)
    {
        byte[] choice = await AskAsync(stream, _socks5.Greeting(), Socks5.AnswerLength, cancellationToken).ConfigureAwait(false);
        if (_socks5.WantsCredentials(choice))
            _socks5.CheckVerdict(await AskAsync(stream, _socks5.Credentials(), Socks5.AnswerLength, cancellationToken).ConfigureAwait(false));

        byte[] head = await AskAsync(stream, _socks5.Connect(target), Socks5.ReplyHeadLength, cancellationToken).ConfigureAwait(false);
        if (_socks5.Refusal(head) is { } refusal) return refusal;

        int rest = _socks5.RestOfReply(head);
        byte[] address = await ReadAsync(stream, rest, cancellationToken).ConfigureAwait(false);
        return address.Length == rest ? null : throw Socks.Closed(proxy);
    }

    private static async ValueTask<byte[]> AskAsync(Stream stream, byte[] message, int answerLength, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(message, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(stream, answerLength, cancellationToken).ConfigureAwait(false);
    }

    // Fewer bytes only if the connection closed.
    private static async ValueTask<byte[]> ReadAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[length];
        int read = await stream.ReadAtLeastAsync(bytes, length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return read == length ? bytes : bytes[..read];
    }
}
