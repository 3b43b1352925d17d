using System.Net.WebSockets;
using Microsoft.Extensions.Primitives;

namespace RequestsAsync.Testing;

/// <summary>Opens WebSockets with what a session sends with every request.</summary>
internal static class WebSockets
{
    private const string SubProtocolField = "Sec-WebSocket-Protocol";

    internal static async Task<WebSocket> ConnectAsync(Session session, InProcessApp app, Request request, CancellationToken cancellationToken)
    {
        PreparedRequest prepared = Preparation.Prepare(session.Settings, request, blocking: false);
        List<KeyValuePair<string, string>> fields = FieldsOf(prepared, session.Cookies);
        Uri uri = new UriBuilder(prepared.Url.ToOrdinaryUri()) { Scheme = prepared.Url.IsSecure ? "wss" : "ws" }.Uri;
        try
        {
            return app.Memory is null
                ? await OverNetworkAsync(uri, fields, cancellationToken).ConfigureAwait(false)
                : await InMemoryAsync(app, uri, fields, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Refused(e, request, uri);
        }
    }

    private static List<KeyValuePair<string, string>> FieldsOf(PreparedRequest prepared, CookieJar jar)
    {
        List<KeyValuePair<string, string>> fields = [.. prepared.Headers];
        if (!prepared.Headers.Contains("Cookie") && Messages.CookiesOf(prepared, jar) is { } cookies) fields.Add(new("Cookie", cookies));
        return fields;
    }

    private static async Task<WebSocket> InMemoryAsync(InProcessApp app, Uri uri, List<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        Microsoft.AspNetCore.TestHost.WebSocketClient client = app.Memory!.CreateWebSocketClient();
        foreach (string protocol in SubProtocols(fields))
            client.SubProtocols.Add(protocol);
        client.ConfigureRequest = request =>
        {
            foreach ((string name, string value) in fields)
            {
                if (!Headers.SameName(name, SubProtocolField)) request.Headers[name] = StringValues.Concat(request.Headers[name], value);
            }
        };
        return await client.ConnectAsync(uri, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<WebSocket> OverNetworkAsync(Uri uri, List<KeyValuePair<string, string>> fields, CancellationToken cancellationToken)
    {
        ClientWebSocket socket = new();
        try
        {
            socket.Options.Proxy = null;
            foreach (string protocol in SubProtocols(fields))
                socket.Options.AddSubProtocol(protocol);
            foreach ((string name, string value) in fields.Where(field => !Headers.SameName(field.Key, SubProtocolField)))
                socket.Options.SetRequestHeader(name, value);
            await socket.ConnectAsync(uri, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static IEnumerable<string> SubProtocols(List<KeyValuePair<string, string>> fields) =>
        fields.Where(field => Headers.SameName(field.Key, SubProtocolField)).SelectMany(field => field.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    // The test server says InvalidOperationException ("Incomplete handshake, status code: 404"), the runtime's client WebSocketException; all else is the application's own.
    private static RequestException Refused(Exception e, Request request, Uri uri)
    {
        bool isRefusal = e is WebSocketException || (e is InvalidOperationException && e.Message.StartsWith("Incomplete handshake", StringComparison.Ordinal));
        return isRefusal
            ? new ProtocolException($"{uri} did not become a WebSocket: {e.Message} Does the application call UseWebSockets, and AcceptWebSocketAsync on that path?", e) { Request = request }
            : new AppFailedException($"the application threw {e.GetType().Name} while it answered the handshake of {uri}: {e.Message}", e) { Request = request };
    }
}
