using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RequestsAsync.Tests;

/// <summary>A source of content whose pieces come as something happens.</summary>
public sealed class LiveSourceTests
{
    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task A_piece_goes_out_before_the_next_is_there(HttpProtocols protocols)
    {
        TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using WebApplication server = await StartAsync(protocols, async context =>
        {
            await context.Request.Body.ReadExactlyAsync(new byte[3]);
            came.SetResult();
            using StreamReader rest = new(context.Request.Body);
            await context.Response.WriteAsync(await rest.ReadToEndAsync());
        });
        await using Session session = new(new() { HttpVersion = protocols == HttpProtocols.Http2 ? HttpVersion.Version20 : HttpVersion.Version11 });

        Response response = await session.PostAsync(UrlOf(server), new() { Content = Body.FromAsyncStream(PiecesAsync()) });

        Assert.Equal("two", response.Text);

        async IAsyncEnumerable<ReadOnlyMemory<byte>> PiecesAsync()
        {
            yield return "one"u8.ToArray();
            await came.Task.WaitAsync(TimeSpan.FromSeconds(10));
            yield return "two"u8.ToArray();
        }
    }

    private static string UrlOf(WebApplication server) =>
        server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/";

    private static async Task<WebApplication> StartAsync(HttpProtocols protocols, RequestDelegate serve)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        WebApplication server = builder.Build();
        server.MapFallback(serve);
        await server.StartAsync();
        return server;
    }
}
