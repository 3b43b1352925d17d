using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RequestsAsync.Testing;

/// <summary>An application that runs, and how to reach it: in memory, or on the loopback interface.</summary>
internal sealed class InProcessApp
{
    private InProcessApp(TestServer? memory, string url)
    {
        Memory = memory;
        Url = url;
    }

    /// <summary>The server that is called in memory; <see langword="null"/> for one with sockets.</summary>
    internal TestServer? Memory { get; }

    /// <summary>Where it is, with a slash at the end.</summary>
    internal string Url { get; }

    internal static InProcessApp Of(TestServer server) => new(server, WithSlash(server.BaseAddress.AbsoluteUri));

    /// <summary>An application that is running.</summary>
    /// <exception cref="InvalidOperationException">It has no server, or listens nowhere that can be reached from here.</exception>
    internal static InProcessApp Of(IHost host)
    {
        IServer server = ServerOf(host);
        if (server is TestServer memory) return Of(memory);

        ICollection<string> addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        string[] urls = [.. addresses.Where(address => address.StartsWith("http", StringComparison.OrdinalIgnoreCase) && !address.Contains("://unix:", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        if (urls.Length == 0) throw new InvalidOperationException($"The application listens on no address of HTTP ({string.Join(", ", addresses)}). Build it with builder.WebHost.UseTestServer(), or give it a URL such as http://127.0.0.1:0.");

        return new(memory: null, WithSlash(urls[0].Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal).Replace("://[::]", "://[::1]", StringComparison.Ordinal)));
    }

    /// <summary>Whether it has to be started, and then where: an application that names no address takes a free port.</summary>
    /// <exception cref="InvalidOperationException">It was stopped already.</exception>
    internal static bool PrepareStart(IHost host)
    {
        IHostApplicationLifetime lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        if (lifetime.ApplicationStopping.IsCancellationRequested) throw new InvalidOperationException("The application was stopped, and starts no second time. Build it anew for each test, or stop it after the last.");
        if (lifetime.ApplicationStarted.IsCancellationRequested) return false;

        IServer server = ServerOf(host);
        if (server is not TestServer && server.Features.Get<IServerAddressesFeature>() is { Addresses: { Count: 0, IsReadOnly: false } addresses } && !IsConfigured(host)) addresses.Add("http://127.0.0.1:0");
        return true;
    }

    /// <summary>A session that calls it.</summary>
    internal Session Open(SessionOptions? options)
    {
        SessionOptions own = options ?? new SessionOptions();
        if (own.BaseAddress is null) own = own.At(Url);
        return Memory is null ? new Session(own) : new Session(new InProcessHandler(Memory.CreateHandler()), own);
    }

    private static bool IsConfigured(IHost host)
    {
        IConfiguration? configuration = host.Services.GetService<IConfiguration>();
        return configuration is not null && (configuration["urls"] is { Length: > 0 } || configuration["http_ports"] is { Length: > 0 } || configuration["https_ports"] is { Length: > 0 } || configuration.GetSection("Kestrel:Endpoints").Exists());
    }

    private static IServer ServerOf(IHost host) => host.Services.GetService<IServer>()
        ?? throw new InvalidOperationException("The host has no web server, so nothing answers requests. Build it with WebApplication.CreateBuilder, or add ConfigureWebHost.");

    private static string WithSlash(string url) => url.EndsWith('/') ? url : url + "/";
}
