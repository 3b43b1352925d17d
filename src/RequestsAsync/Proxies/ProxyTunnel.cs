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
        try
        {
            while (true)
            {
                if (proxy.Auth is { } auth) await auth.AuthorizeAsync(request, cancellationToken).ConfigureAwait(false);
                HeaderCheck.Check(request.Headers);

                // A proxy may close the connection after it asked for credentials, whatever it said.
                TunnelAnswer? answer = connection is null ? null : await AskAsync(connection, request, isKept: true, cancellationToken).ConfigureAwait(false);
                if (answer is null)
                {
                    if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
                    connection = null;
                    connection = await connect(cancellationToken).ConfigureAwait(false);
                    answer = await AskAsync(connection, request, isKept: false, cancellationToken).ConfigureAwait(false) ?? throw Closed(request, cause: null);
                }

                using Response response = new(settings, request.Request, request.Prepared, answer.Message);
                if (response.IsSuccess && answer.Surplus > 0) throw new ProxyException($"the proxy {proxy} sent something of its own into the tunnel to {request.Target}.");
                if (response.IsSuccess)
                {
                    Stream tunnel = connection!;
                    connection = null;
                    return tunnel;
                }

                if (proxy.Auth is null || !await proxy.Auth.ShouldSendAgainAsync(request, response, cancellationToken).ConfigureAwait(false)) throw Refused(request, response);

                if (await answer.SkipContentAsync(connection!, cancellationToken).ConfigureAwait(false)) continue;
                await connection!.DisposeAsync().ConfigureAwait(false);
                connection = null;
            }
        }
        finally
        {
            if (connection is not null) await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private OutgoingRequest RequestFor(Url target)
    {
        PreparedRequest prepared = new() { Method = HttpMethod.Connect, Url = target, Headers = [], MaxResponseBytes = 0 };
        return new OutgoingRequest(new Request("CONNECT", target.Href), prepared, isBlocking: false).To(proxy.Url);
    }

    // Null when a connection that was kept turns out to be closed.
    private async ValueTask<TunnelAnswer?> AskAsync(Stream connection, OutgoingRequest request, bool isKept, CancellationToken cancellationToken)
    {
        try
        {
            await connection.WriteAsync(HeadOf(request), cancellationToken).ConfigureAwait(false);
            return await TunnelAnswer.ReadAsync(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException) when (isKept)
        {
            return null;
        }
        catch (IOException e)
        {
            throw Closed(request, e);
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
        new($"the proxy {proxy} closed the connection instead of answering CONNECT {request.Target}.", cause);

    private ProxyException Refused(OutgoingRequest request, Response response)
    {
        string hint = response.StatusCode != AuthSide.Proxy.Status ? ""
            : proxy.Auth is null ? " It asks for credentials: set Proxy.Auth."
            : " It does not accept the credentials.";
        return new ProxyException($"the proxy {proxy} opened no tunnel to {request.Target}: it answered {response.StatusCode} {response.Reason}.{hint}");
    }
}
