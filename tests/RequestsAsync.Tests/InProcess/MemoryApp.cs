using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;

namespace RequestsAsync.Tests;

/// <summary>An ASP.NET Core application in the test's own process, with one thing to do, and a session over it.</summary>
internal sealed class MemoryApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private MemoryApp(WebApplication app, SessionOptions options)
    {
        _app = app;
        options.BaseAddress = "http://app.test/";
        Session = new Session(app.GetTestServer().CreateHandler(), options);
    }

    public Session Session { get; }

    public static async Task<MemoryApp> StartAsync(RequestDelegate answer, SessionOptions? options = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseTestServer();
        WebApplication app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new MemoryApp(app, options ?? new());
    }

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await _app.DisposeAsync();
    }
}
