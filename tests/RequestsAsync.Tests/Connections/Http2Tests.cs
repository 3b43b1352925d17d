using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace RequestsAsync.Tests;

/// <summary>HTTP/2 by ALPN and by prior knowledge, over connections that this library makes.</summary>
public sealed class Http2Tests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task Over_tls_it_is_agreed_on()
    {
        await using WebApplication server = await StartAsync(HttpProtocols.Http1AndHttp2, _authority.Issue("localhost", "127.0.0.1"));
        await using Session session = Trusting();

        Response first = await session.PostAsync(UrlOf(server), new() { Content = "content" }, TestContext.Current.CancellationToken);
        Response second = await session.GetAsync(UrlOf(server), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(HttpVersion.Version20, first.HttpVersion);
        Assert.Equal("HTTP/2 POST content", first.Text);
        Assert.Equal("h2", first.Tls!.ApplicationProtocol);
        Assert.True(first.Tls.Protocol >= SslProtocols.Tls12);
        Assert.False(first.ConnectionReused);
        Assert.True(first.Timings.Tls > TimeSpan.Zero);
        Assert.True(second.ConnectionReused);
        Assert.Equal(IPAddress.Loopback, Assert.IsType<IPEndPoint>(second.RemoteEndPoint).Address);
    }

    [Fact]
    public async Task A_hundred_requests_at_once_share_a_connection_or_few()
    {
        await using WebApplication server = await StartAsync(HttpProtocols.Http2, _authority.Issue("localhost", "127.0.0.1"));
        await using Session session = Trusting();
        await session.GetAsync(UrlOf(server), cancellationToken: TestContext.Current.CancellationToken);

        IReadOnlyList<Response> all = await session.GatherAsync(Enumerable.Repeat(UrlOf(server), 300), new() { MaxConcurrency = 150 }, TestContext.Current.CancellationToken);

        Assert.All(all, response => Assert.Equal(HttpVersion.Version20, response.HttpVersion));
        Assert.InRange(session.Network!.Connector.Open.Count, 1, 4);
    }

    [Fact]
    public async Task A_server_without_it_gets_http_1()
    {
        await using WebApplication server = await StartAsync(HttpProtocols.Http1, _authority.Issue("localhost", "127.0.0.1"));
        await using Session session = Trusting();

        Response response = await session.GetAsync(UrlOf(server), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(HttpVersion.Version11, response.HttpVersion);
        Assert.Equal("HTTP/1.1 GET ", response.Text);
    }

    [Fact]
    public async Task A_server_without_it_is_refused_where_it_is_demanded()
    {
        await using WebApplication server = await StartAsync(HttpProtocols.Http1, _authority.Issue("localhost", "127.0.0.1"));
        await using Session session = Trusting();

        TlsException e = await Assert.ThrowsAsync<TlsException>(
            () => session.GetAsync(UrlOf(server), new() { HttpVersion = HttpVersion.Version20 }, TestContext.Current.CancellationToken));

        Assert.Contains("none of the protocols that were offered: h2", e.Message);
    }

    [Fact]
    public async Task Http_1_can_be_demanded()
    {
        await using WebApplication server = await StartAsync(HttpProtocols.Http1AndHttp2, _authority.Issue("localhost", "127.0.0.1"));
        await using Session session = new(new() { Tls = new() { Ca = { _authority.Certificate } }, HttpVersion = HttpVersion.Version11 });

        Response response = await session.GetAsync(UrlOf(server), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(HttpVersion.Version11, response.HttpVersion);
        Assert.Equal("http/1.1", response.Tls!.ApplicationProtocol);
    }

    [Fact]
    public async Task Without_tls_it_takes_prior_knowledge()
    {
        await using WebApplication server = await StartAsync(HttpProtocols.Http2, certificate: null);
        await using Session session = new();

        Response response = await session.PutAsync(UrlOf(server), new() { HttpVersion = HttpVersion.Version20, Content = "x" }, TestContext.Current.CancellationToken);

        Assert.Equal("HTTP/2 PUT x", response.Text);
        Assert.Null(response.Tls);
    }

    [Fact]
    public async Task The_blocking_verbs_speak_http_1_over_the_same_tls()
    {
        await using WebApplication server = await StartAsync(HttpProtocols.Http1AndHttp2, _authority.Issue("localhost", "127.0.0.1"));
        await using Session session = Trusting();

        Response response = await session.SendAsync(awaited: false, "GET", UrlOf(server));
        InvalidRequestException e = await Assert.ThrowsAsync<InvalidRequestException>(() => session.SendAsync(awaited: false, "GET", UrlOf(server), new() { HttpVersion = HttpVersion.Version20 }));

        Assert.Equal(HttpVersion.Version11, response.HttpVersion);
        Assert.Contains("Async", e.Message);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused_with_the_reason()
    {
        await using WebApplication server = await StartAsync(HttpProtocols.Http1AndHttp2, _authority.Issue("localhost", "127.0.0.1"));
        await using Session session = new();

        TlsException e = await Assert.ThrowsAsync<TlsException>(() => session.GetAsync(UrlOf(server), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains($"GET {UrlOf(server)} failed on attempt 1", e.Message);
        Assert.Contains("CN=Test Root", e.Message);
    }

    [Fact]
    public async Task A_silent_server_is_a_read_timeout_here_too()
    {
        await using WebApplication server = await StartAsync(HttpProtocols.Http2, _authority.Issue("localhost", "127.0.0.1"));
        await using Session session = Trusting();

        RequestTimeoutException e = await Assert.ThrowsAsync<RequestTimeoutException>(
            () => session.GetAsync(UrlOf(server) + "hang", new() { Timeout = new Timeouts { Read = TimeSpan.FromMilliseconds(200) } }, TestContext.Current.CancellationToken));

        Assert.Equal(TimeoutPhase.Read, e.Phase);
    }

    private static string UrlOf(WebApplication server) =>
        server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/";

    private static async Task<WebApplication> StartAsync(HttpProtocols protocols, X509Certificate2? certificate)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        WebApplication server = builder.Build();
        server.MapFallback(async context =>
        {
            using StreamReader reader = new(context.Request.Body);
            await context.Response.WriteAsync($"{context.Request.Protocol} {context.Request.Method} {await reader.ReadToEndAsync()}");
        });
        server.Map("/hang", context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default));
        await server.StartAsync();
        return server;
    }

    private Session Trusting() => new(new() { Tls = new() { Ca = { _authority.Certificate } } });
}
