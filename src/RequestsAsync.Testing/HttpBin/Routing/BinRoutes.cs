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

    internal void Get(string pattern, Func<BinCall, Task> answer) => Map(pattern, GetOnly, answer);

    internal void Any(string pattern, Func<BinCall, Task> answer) => Map(pattern, EveryMethod, answer);

    internal void Map(string pattern, string[] methods, Func<BinCall, Task> answer)
    {
        _patterns.Add(pattern);
        endpoints.Map(pattern, new BinRoute(pattern, methods, answer, _time, _stopping).InvokeAsync);
    }
}
