using System.Globalization;
using System.Text;

namespace RequestsAsync;

/// <summary>Opens one tunnel through a proxy (RFC 9110 §9.3.6), with the credentials that it asks for.</summary>
/// <param name="proxy">The proxy.</param>
/// <param name="settings">The session's settings.</param>
/// <param name="connect">Connects to the proxy.</param>
internal sealed class ProxyTunnel(Proxy proxy, SessionSettings settings, Func<CancellationToken, ValueTask<Stream>> connect)
{
    /// <summary>Host and port, which CONNECT always names both (RFC 9112 §3.2.3).</summary>
    public static string AuthorityOf(Url url) => string.Create(CultureInfo.InvariantCulture, $"{url.Host}:{url.Port}");

    /// <summary>The stream to the target, nothing read or written on it yet.</summary>
    /// <exception cref="ProxyException">The proxy refuses, closes, or answers in something that is no HTTP.</exception>
    public async ValueTask<Stream> OpenAsync(Url target, CancellationToken cancellationToken)
    {
        OutgoingRequest request = RequestFor(target);
        Stream? connection = null;
        bool isOpen = false;
        try
        {
            while (true)
            {
                if (proxy.Auth is { } auth) await auth.AuthorizeAsync(request, cancellationToken).ConfigureAwait(false);
                HeaderCheck.Check(request.Headers);

                (connection, TunnelAnswer answer) = await AskAsync(connection, request, cancellationToken).ConfigureAwait(false);
                using Response response = new(request.Request, request.Prepared, answer.Message);
                if (response.IsSuccess)
                {
                    if (answer.Surplus > 0) throw new ProxyException($"the proxy {proxy} sent something of its own into the tunnel to {request.Target}.");
                    isOpen = true;
                    return connection;
                }

                if (proxy.Auth is null || !await proxy.Auth.ShouldSendAgainAsync(request, response, cancellationToken).ConfigureAwait(false)) throw Refused(request, response);
                if (await answer.SkipContentAsync(connection, cancellationToken).ConfigureAwait(false)) continue;

                await connection.DisposeAsync().ConfigureAwait(false);
                connection = null;
            }
        }
        finally
        {
            if (!isOpen && connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private OutgoingRequest RequestFor(Url target)
    {
        PreparedRequest prepared = new() { Settings = settings, Method = HttpMethod.Connect, Url = target, Headers = [], MaxResponseBytes = 0 };
        return new OutgoingRequest(new Request("CONNECT", target.Href), prepared, isBlocking: false).To(proxy.Url);
    }

    // Asks on the connection that was kept, or on a new one: a proxy may close after it asked for credentials, whatever it said.
    private async ValueTask<(Stream Connection, TunnelAnswer Answer)> AskAsync(Stream? kept, OutgoingRequest request, CancellationToken cancellationToken)
    {
        if (kept is not null)
        {
            try
            {
                if (await SendAsync(kept, request, cancellationToken).ConfigureAwait(false) is { } answer) return (kept, answer);
            }
            catch (IOException)
            {
                // Closed, as if it had said so.
            }

            await kept.DisposeAsync().ConfigureAwait(false);
        }

        Stream connection = await connect(cancellationToken).ConfigureAwait(false);
        try
        {
            return (connection, await SendAsync(connection, request, cancellationToken).ConfigureAwait(false) ?? throw Closed(request, cause: null));
        }
        catch (Exception e)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            if (e is IOException lost) throw Closed(request, lost);
            throw;
        }
    }

    // Null when the connection was closed before an answer.
    private async ValueTask<TunnelAnswer?> SendAsync(Stream connection, OutgoingRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await connection.WriteAsync(HeadOf(request), cancellationToken).ConfigureAwait(false);
            return await TunnelAnswer.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException e)
        {
            throw new ProxyException($"the proxy {proxy} did not answer CONNECT {request.Target} in HTTP: {e.Message}", e);
        }
    }

    private static byte[] HeadOf(OutgoingRequest request)
    {
        StringBuilder head = new();
        head.Append("CONNECT ").Append(request.Target).Append(" HTTP/1.1\r\nHost: ").Append(request.Target).Append("\r\n");
        foreach ((string name, string? value) in request.Headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");

        return Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());
    }

    private ProxyException Closed(OutgoingRequest request, IOException? cause) =>
        new($"the proxy {proxy} closed the connection instead of answering CONNECT {request.Target}.", cause ?? new IOException("The connection was closed."));

    private ProxyException Refused(OutgoingRequest request, Response response)
    {
        string hint = response.StatusCode != AuthSide.Proxy.Status ? ""
            : proxy.Auth is null ? " It asks for credentials: set Proxy.Auth."
            : " It does not accept the credentials.";
        return new ProxyException($"the proxy {proxy} opened no tunnel to {request.Target}: it answered {response.StatusCode} {response.Reason}.{hint}");
    }
}
