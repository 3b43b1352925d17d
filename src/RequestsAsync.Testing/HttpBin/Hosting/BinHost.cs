using System.Net;
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

    internal static WebApplication Build(HttpBinOptions options)
    {
        WebApplicationBuilder builder = CreateBuilder(options.TimeProvider);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.Backlog = 16 * 1024);
        builder.Services.Replace(ServiceDescriptor.Singleton<IServer>(services => new SocketAndMemoryServer(
            ActivatorUtilities.CreateInstance<KestrelServer>(services), services.GetRequiredService<TestServer>())));
        return Finish(builder);
    }

    internal static WebApplication BuildInProcess()
    {
        WebApplicationBuilder builder = CreateBuilder(TimeProvider.System);
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

    private static void Configure(KestrelServerOptions kestrel, HttpBinOptions options)
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

        kestrel.Listen(IPAddress.Loopback, options.Port, listen =>
        {
            if (options.Certificate is { } certificate) listen.UseHttps(certificate);
            else listen.Protocols = HttpProtocols.Http1;
        });
    }
}
