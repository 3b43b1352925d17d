using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RequestsAsync.Tests;

/// <summary>Over HTTP/2 an answer may ask for the content once more while it is still being sent.</summary>
public sealed class RepeatedUploadTests
{
    private const int Length = 8 << 20;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Content_that_is_asked_for_again_is_sent_once_at_a_time(bool readsOn)
    {
        await using WebApplication server = await StartAsync(readsOn);
        string url = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await using Session session = new(new() { HttpVersion = HttpVersion.Version20 });

        for (int i = 0; i < 5; i++)
        {
            using GeneratedStream content = new(Length, canSeek: true);
            Response response = await session.PutAsync(url + "/moved", new() { Content = content }, Stop).WaitAsync(TimeSpan.FromSeconds(30), Stop);

            Assert.Equal($"{Length}", response.Text);
        }
    }

    private static async Task<WebApplication> StartAsync(bool readsOn)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2));
        WebApplication server = builder.Build();
        server.Map("/moved", async context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = "/here";
            await context.Response.CompleteAsync();
            if (readsOn) await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        });
        server.Map("/here", async context =>
        {
            using MemoryStream content = new();
            await context.Request.Body.CopyToAsync(content, context.RequestAborted);
            await context.Response.Body.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{content.Length}"), context.RequestAborted);
        });
        await server.StartAsync(Stop);
        return server;
    }
}
