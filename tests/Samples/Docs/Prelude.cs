// What the code on the pages takes for granted. It is compiled with each block; a block that declares a name itself means its own.

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Hosting;

internal static class Prelude
{
    private static readonly Lazy<Session> Shared = new(() => new(new() { BaseAddress = "http://httpbin/anything/" }));
    private static readonly Lazy<WebApplication> Application = new(Start);

    public static string url => "http://httpbin/anything/weather";

    public static string[] urls => ["http://httpbin/anything/1", "http://httpbin/anything/2", "http://httpbin/anything/3"];

    public static Request[] requests => [.. urls.Select(url => Request.Get(url))];

    // As long as a test has time for.
    public static IEnumerable<string> endless => Enumerable.Range(0, 20).Select(i => $"http://httpbin/anything/{i}");

    public static Session session => Shared.Value;

    public static TestServer testServer => Application.Value.GetTestServer();

    public static Tokens tokens { get; } = new();

    public static CancellationToken cancellationToken => CancellationToken.None;

    public static void Handle(Outcome outcome) => Console.WriteLine(outcome);

    public static async Task CloseAsync()
    {
        if (Shared.IsValueCreated) await Shared.Value.DisposeAsync();
        if (Application.IsValueCreated) await Application.Value.DisposeAsync();
    }

    private static WebApplication Start()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        WebApplication application = builder.Build();
        application.MapGet("/", () => "Hello");
        application.Start();
        return application;
    }
}

internal sealed record Weather(string? City, double Temperature);

internal sealed class Tokens
{
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) => new("token");
}
