using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace RequestsAsync.Testing;

/// <summary>Builds the smallest application that serves httpbin: no configuration, no logging, no console.</summary>
internal static class BinHost
{
    // What still runs after the application was told to stop is a client that reads or writes slowly.
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);

    internal static WebApplication Build(HttpBinOptions options, X509Certificate2? certificate)
    {
        WebApplicationBuilder builder = CreateBuilder(options.TimeProvider);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options, certificate));
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.Backlog = 16 * 1024);
        builder.Services.Replace(ServiceDescriptor.Singleton<IServer>(services => new SocketAndMemoryServer(
            ActivatorUtilities.CreateInstance<KestrelServer>(services), services.GetRequiredService<TestServer>())));
        return Finish(builder);
    }

    internal static WebApplication BuildInProcess(HttpBinOptions options)
    {
        WebApplicationBuilder builder = CreateBuilder(options.TimeProvider);
        builder.Services.AddSingleton<IServer>(services => services.GetRequiredService<TestServer>());
        return Finish(builder);
    }

    internal static TestServer MemoryOf(WebApplication app) => app.Services.GetRequiredService<TestServer>();

    private static WebApplicationBuilder CreateBuilder(TimeProvider time)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<IHostLifetime, PassiveLifetime>();
        builder.Services.AddSingleton(services => new TestServer(services));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        return builder;
    }

    private static WebApplication Finish(WebApplicationBuilder builder)
    {
        WebApplication app = builder.Build();
        app.MapHttpBin();
        app.MapFallback("/{**path}", UnknownPath.AnswerAsync);
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, HttpBinOptions options, X509Certificate2? certificate)
    {
        // A client under test may be slow, send much, or do both ten thousand times at once.
        kestrel.Limits.MaxConcurrentConnections = null;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestLineSize = 64 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 1000;
        kestrel.Limits.MaxRequestHeadersTotalSize = 256 * 1024;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;

        // As under WSGI: any byte of a request header is shown, and answers carry UTF-8.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.UTF8;

        // Without TLS a connection of HTTP/2 is passed off as one that agreed on it, and its requests have the scheme http.
        kestrel.AllowAlternateSchemes = certificate is null;
        kestrel.Listen(IPAddress.Loopback, options.Port, listen => Listen(listen, options, certificate));
    }

    private static void Listen(ListenOptions listen, HttpBinOptions options, X509Certificate2? certificate)
    {
        listen.Protocols = options.Http2 ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
        listen.Use(SocketOutput.Note);
        if (certificate is not null) listen.UseHttps(certificate);
        else if (options.Http2) listen.Use(PriorKnowledge.Detect);
        listen.Use(ConnectionOutput.Wrap);
    }
}
