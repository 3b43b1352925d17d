using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace RequestsAsync.Cli.Tests;

/// <summary>A web server on loopback that counts how often each path was asked for.</summary>
internal sealed class CountingServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    private CountingServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Takes { get; set; }

    public static async Task<CountingServer> StartAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        CountingServer server = new(builder.Build());
        server._app.Run(server.AnswerAsync);
        await server._app.StartAsync(cancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        _counts.AddOrUpdate(context.Request.Path, 1, static (_, count) => count + 1);
        if (Takes > TimeSpan.Zero) await Task.Delay(Takes, context.RequestAborted);
        await context.Response.WriteAsync("content of " + context.Request.Path, context.RequestAborted);
    }
}
