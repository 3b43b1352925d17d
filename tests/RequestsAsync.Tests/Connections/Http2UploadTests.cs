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

/// <summary>Content over HTTP/2, where the server takes it when it likes and answers when it likes.</summary>
public sealed class Http2UploadTests
{
    [Theory]
    [InlineData(60_000)] // beside another that has filled the window
    [InlineData(8 << 20)]
    public async Task A_server_that_takes_no_more_is_a_write_timeout(int length)
    {
        await using WebApplication server = await StartAsync(HttpProtocols.Http2, static context => UntilAbortedAsync(context));
        await using Session session = new(new() { HttpVersion = HttpVersion.Version20, Timeout = new Timeouts { Read = TimeSpan.FromMilliseconds(300) } });
        Task<Response>[] filling = length > 1 << 20 ? [] : [.. Enumerable.Range(0, 3).Select(_ => PostAsync(new byte[1 << 20], TimeSpan.FromSeconds(20)))];
        if (filling.Length > 0) await Task.Delay(500, TestContext.Current.CancellationToken);

        Task<Response> call = PostAsync(new byte[length], TimeSpan.FromMilliseconds(300));
        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(() => call.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));

        Assert.Equal(TimeoutPhase.Write, e.Phase);
        await session.DisposeAsync();
        foreach (Task<Response> other in filling)
            await Assert.ThrowsAsync<ObjectDisposedException>(() => other);

        Task<Response> PostAsync(byte[] content, TimeSpan limit) =>
            session.StreamAsync("POST", UrlOf(server), new() { Content = content, Timeout = new Timeouts { Write = limit } });
    }

    [Fact]
    public async Task The_end_of_the_content_hurries_nobody_who_has_the_answer()
    {
        await using WebApplication server = await StartAsync(HttpProtocols.Http2, static async context =>
        {
            await context.Response.WriteAsync("early ");
            await context.Response.Body.FlushAsync();
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync("late");
        });
        await using Session session = new(new() { HttpVersion = HttpVersion.Version20, Timeout = new Timeouts { Read = TimeSpan.FromMilliseconds(300) } });
        TaskCompletionSource isAnswered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        await using Response response = await session.StreamAsync("POST", UrlOf(server), new() { Content = new AnswerAwaiting(isAnswered.Task) });
        isAnswered.SetResult();
        await Task.Delay(1000, TestContext.Current.CancellationToken);
        await response.ReadAsync(TestContext.Current.CancellationToken);

        Assert.Equal("early late", response.Text);
    }

    private static async Task UntilAbortedAsync(HttpContext context)
    {
        TaskCompletionSource aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = context.RequestAborted.Register(aborted.SetResult);
        await aborted.Task;
    }

    private sealed class AnswerAwaiting(Task isAnswered) : Body(contentType: null)
    {
        public override long? Length => null;

        public override bool CanReplay => false;

        internal override void WriteTo(Stream target, CancellationToken cancellationToken) => throw new NotSupportedException();

        internal override async ValueTask WriteToAsync(Stream target, CancellationToken cancellationToken)
        {
            await target.WriteAsync("one"u8.ToArray(), cancellationToken);
            await target.FlushAsync(cancellationToken);
            await isAnswered.WaitAsync(cancellationToken);
            await target.WriteAsync("two"u8.ToArray(), cancellationToken);
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
