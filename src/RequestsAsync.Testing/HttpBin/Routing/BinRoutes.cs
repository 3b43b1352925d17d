using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RequestsAsync.Testing;

/// <summary>Where the groups of endpoints put their routes.</summary>
internal sealed class BinRoutes(IEndpointRouteBuilder endpoints)
{
    private static readonly string[] GetOnly = ["GET"];
    private static readonly string[] EveryMethod = ["GET", "POST", "PUT", "DELETE", "PATCH", "QUERY", "TRACE"];

    private readonly TimeProvider _time = endpoints.ServiceProvider.GetService<TimeProvider>() ?? TimeProvider.System;
    private readonly CancellationToken _stopping =
        endpoints.ServiceProvider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;

    private readonly List<string> _patterns = [];

    internal IReadOnlyList<string> Patterns => _patterns;

    /// <summary>The clock of everything that is mapped here.</summary>
    internal TimeProvider Time => _time;

    internal void Get(string pattern, Func<BinCall, Task> answer) => Map(pattern, GetOnly, answer);

    internal void Any(string pattern, Func<BinCall, Task> answer) => Map(pattern, EveryMethod, answer);

    internal void Map(string pattern, string[] methods, Func<BinCall, Task> answer)
    {
        _patterns.Add(pattern);
        endpoints.Map(pattern, new BinRoute(pattern, methods, answer, _time, _stopping).InvokeAsync);
    }

    /// <summary>Adds an endpoint of WebSockets, whether the application uses them or not; CONNECT is how they begin over HTTP/2 (RFC 8441).</summary>
    internal void WebSocket(string pattern, Func<BinCall, Task> answer)
    {
        _patterns.Add(pattern);
        var route = new BinRoute(pattern, ["GET", "CONNECT"], answer, _time, _stopping);
        IApplicationBuilder application = endpoints.CreateApplicationBuilder();
        application.UseWebSockets();
        application.Run(route.InvokeAsync);
        endpoints.Map(pattern, application.Build());
    }
}
