using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RequestsAsync.Bulk.Tests;

/// <summary>A web server on loopback that is every host, and writes down when each request came and when its answer went.</summary>
internal sealed class LoggingServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeSpan _takes;
    private readonly ConcurrentQueue<Visit> _visits = new();

    private LoggingServer(WebApplication app, TimeSpan takes)
    {
        _app = app;
        _takes = takes;
    }

    public IReadOnlyCollection<Visit> Visits => _visits;

    public static async Task<LoggingServer> StartAsync(TimeSpan takes)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        LoggingServer server = new(builder.Build(), takes);
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Where it is, for a worker of another process: as a proxy, which is every host too.</summary>
    public string Url => _app.Urls.First();

    /// <summary>A handler that connects to the server, whatever the host is called.</summary>
    public HttpMessageHandler Handler()
    {
        int port = new Uri(_app.Urls.First()).Port;
        return new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, token) =>
            {
                Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, port, token);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
    }

    /// <summary>The most requests that were at one host at a time.</summary>
    public int MostAtOnce() => _visits.GroupBy(visit => visit.Host).Max(host => host.Max(visit => host.Count(other => other.Began <= visit.Began && other.Ended > visit.Began)));

    /// <summary>The shortest time between an answer of a host and the next request to it.</summary>
    public TimeSpan ShortestGap() => _visits.GroupBy(visit => visit.Host).Min(host =>
    {
        Visit[] visits = [.. host.OrderBy(visit => visit.Began)];
        return visits.Zip(visits.Skip(1), (first, second) => Stopwatch.GetElapsedTime(first.Ended, second.Began)).Min();
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        long began = Stopwatch.GetTimestamp();
        if (_takes > TimeSpan.Zero) await Task.Delay(_takes);
        _visits.Enqueue(new(context.Request.Host.Value!, context.Request.Path, began, Stopwatch.GetTimestamp()));
        await context.Response.WriteAsync("content");
    }

    internal sealed record Visit(string Host, string Path, long Began, long Ended);
}
