using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Hosting;

namespace RequestsAsync.Testing;

/// <summary>Sessions that call an application of this process.</summary>
/// <example>
/// <code>
/// var builder = WebApplication.CreateBuilder();
/// builder.WebHost.UseTestServer();
/// await using var app = builder.Build();
/// app.MapGet("/hello/{name}", (string name) => new { hello = name });
///
/// await using var session = Session.For(app);
/// var r = await session.GetAsync("hello/Ana");
/// </code>
/// </example>
[SuppressMessage("Naming", "CA1708", Justification = "The two blocks extend the type and its instances.")]
public static class InProcessSession
{
    // What a session was made for, as long as it is there.
    private static readonly ConditionalWeakTable<Session, InProcessApp> Apps = [];

    extension(Session)
    {
        /// <summary>A session that calls an application of this process. The application is started if it was not yet.</summary>
        /// <param name="app">
        /// The application. Built with <c>builder.WebHost.UseTestServer()</c> it is called in memory, without a socket, whatever host a URL names; otherwise by
        /// its first address, which is a free port on 127.0.0.1 where none was configured.
        /// </param>
        /// <param name="options">What the session does for every request; its <see cref="SessionOptions.BaseAddress"/> is the application's unless set.</param>
        /// <returns>The session. Disposing it leaves the application running.</returns>
        /// <exception cref="InvalidOperationException">The application was stopped already, or has no server that can be called.</exception>
        public static Session For(WebApplication app, SessionOptions? options = null) => For((IHost)app, options);

        /// <summary>A session that calls the web application of a host. The host is started if it was not yet.</summary>
        /// <param name="host">The host; see the form for a <see cref="WebApplication"/>.</param>
        /// <param name="options">What the session does for every request; its <see cref="SessionOptions.BaseAddress"/> is the application's unless set.</param>
        /// <inheritdoc cref="For(WebApplication, SessionOptions?)"/>
        public static Session For(IHost host, SessionOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(host);
            InProcessStart.Run(host);
            return Open(InProcessApp.Of(host), options);
        }

        /// <summary>A session that calls a test server in memory.</summary>
        /// <param name="server">The server; it must have been started.</param>
        /// <param name="options">What the session does for every request; its <see cref="SessionOptions.BaseAddress"/> is the server's unless set.</param>
        /// <returns>The session. Disposing it leaves the server running.</returns>
        public static Session For(TestServer server, SessionOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(server);
            return Open(InProcessApp.Of(server), options);
        }

        /// <summary>The same as <c>For</c>, but awaits the start of the application.</summary>
        /// <param name="host">The host; see <c>For</c>.</param>
        /// <param name="options">What the session does for every request.</param>
        /// <param name="cancellationToken">Gives up the start.</param>
        /// <exception cref="InvalidOperationException">The application was stopped already, or has no server that can be called.</exception>
        public static async Task<Session> ForAsync(IHost host, SessionOptions? options = null, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(host);
            await InProcessStart.RunAsync(host, cancellationToken).ConfigureAwait(false);
            return Open(InProcessApp.Of(host), options);
        }
    }

    extension(Session session)
    {
        /// <summary>Opens a WebSocket (RFC 6455) to the application that the session was made for, with the session's header fields and cookies.</summary>
        /// <param name="url">Where to: relative to the session's base address, or absolute with http, https, ws or wss.</param>
        /// <param name="options">Query, header fields and cookies of the handshake; <c>Sec-WebSocket-Protocol</c> names the sub-protocols.</param>
        /// <param name="cancellationToken">Gives up the handshake.</param>
        /// <returns>The open socket. Cookies that the handshake sets are not stored.</returns>
        /// <exception cref="InvalidOperationException">The session was not made by <c>Session.For</c>.</exception>
        /// <exception cref="InvalidRequestException">The URL or a field is not allowed.</exception>
        /// <exception cref="ProtocolException">The application did not take the handshake; the message has its status.</exception>
        /// <exception cref="AppFailedException">It threw instead.</exception>
        public async Task<WebSocket> ConnectWebSocketAsync(string url, RequestOptions? options = null, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(session);
            if (!Apps.TryGetValue(session, out InProcessApp? app)) throw new InvalidOperationException("Only a session that was made by Session.For knows an application to open a WebSocket to.");
            return await WebSockets.ConnectAsync(session, app, Request.Get(url, options), cancellationToken).ConfigureAwait(false);
        }
    }

    private static Session Open(InProcessApp app, SessionOptions? options)
    {
        Session session = app.Open(options);
        Apps.Add(session, app);
        return session;
    }
}
