using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;

namespace RequestsAsync.Testing;

/// <summary>
/// <c>/ws/echo</c>: a WebSocket (RFC 6455, over HTTP/2 RFC 8441) that sends back what comes, message by message and fragment by fragment,
/// the closing code and its reason included.
/// </summary>
internal static class WebSocketEcho
{
    private const int MaxMessages = 1_000_000;

    internal static void Map(BinRoutes routes) => routes.WebSocket("/ws/echo", AnswerAsync);

    private static async Task AnswerAsync(BinCall call)
    {
        WebSocketManager sockets = call.Http.WebSockets;
        if (!sockets.IsWebSocketRequest)
        {
            call.Response.Headers.Upgrade = "websocket";
            call.Response.Headers.Connection = "Upgrade";
            await call.TextAsync("This is a place for WebSockets.\n", StatusCodes.Status426UpgradeRequired).ConfigureAwait(false);
            return;
        }

        WebSocketCloseStatus? code = ClosingCode(call);
        int messages = call.Bounded("after", 0, MaxMessages);
        string? reason = call.Args.First("reason");
        var accept = new WebSocketAcceptContext { SubProtocol = Choose(sockets.WebSocketRequestedProtocols, call.Args.First("subprotocol")) };
        using WebSocket socket = await sockets.AcceptWebSocketAsync(accept).ConfigureAwait(false);
        using CancellationTokenSource ends = call.LinkLifetime();
        try
        {
            bool isOpen = await EchoAsync(socket, code is null ? int.MaxValue : messages, ends.Token).ConfigureAwait(false);
            if (isOpen) await socket.CloseAsync(code ?? WebSocketCloseStatus.NormalClosure, reason, ends.Token).ConfigureAwait(false);
        }
        catch (WebSocketException)
        {
            // The client broke off, or broke the protocol; the frame that says so was sent where it could be.
        }
    }

    /// <summary>Sends back so many messages. Returns whether the socket is still open, as it is not when the client closed it.</summary>
    private static async Task<bool> EchoAsync(WebSocket socket, int messages, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[16 * 1024];
        while (messages > 0)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(socket.CloseStatus ?? WebSocketCloseStatus.Empty, socket.CloseStatusDescription, cancellationToken)
                    .ConfigureAwait(false);
                return false;
            }

            await socket.SendAsync(buffer.AsMemory(0, part.Count), part.MessageType, part.EndOfMessage, cancellationToken).ConfigureAwait(false);
            if (part.EndOfMessage && messages != int.MaxValue) messages--;
        }

        return true;
    }

    // RFC 6455 §7.4: what may stand in a closing frame.
    private static WebSocketCloseStatus? ClosingCode(BinCall call)
    {
        if (call.Args.First("close") is null) return null;
        long code = call.Integer("close", 0);
        return code is >= 1000 and <= 4999 and not (1004 or 1005 or 1006 or 1015)
            ? (WebSocketCloseStatus)code
            : throw new RejectedException("close must be a closing code of WebSockets, such as 1000 or 4000.");
    }

    // The first that the client asks for, or the one named if it asks for it; RFC 6455 §4.2.2 allows no other.
    private static string? Choose(IList<string> requested, string? wanted) =>
        wanted is null ? requested.FirstOrDefault() : requested.FirstOrDefault(protocol => protocol == wanted);
}
