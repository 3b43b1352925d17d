using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;

namespace RequestsAsync.Testing;

/// <summary>
/// httpbin in the test's own process: the endpoints of httpbin.org served by Kestrel on the loopback interface, or without any socket
/// through <see cref="CreateHandler"/>.
/// </summary>
/// <example>
/// <code>
/// await using var bin = await HttpBin.StartAsync();
/// using var client = new HttpClient();
/// string json = await client.GetStringAsync($"{bin.Url}/get?q=async");
/// </code>
/// </example>
/// <remarks>It writes nothing to the console, reads no configuration and no environment, and is reached from this machine only.</remarks>
public sealed class HttpBin : IAsyncDisposable
{
    // RFC 6761 §6.2 reserves .test: a request that misses the handler can reach nobody.
    private const string InProcessUrl = "http://httpbin.test";

    private readonly WebApplication _app;
    private readonly TestServer _memory;
    private int _isStopped;

    private HttpBin(WebApplication app, TestServer memory, string url)
    {
        _app = app;
        _memory = memory;
        Url = url;
    }

    /// <summary>
    /// Where it listens, such as <c>http://127.0.0.1:43567</c>, without a trailing slash; for one started by
    /// <see cref="StartInProcessAsync"/> a name that nothing but its own handler answers.
    /// </summary>
    public string Url { get; }

    /// <summary>Starts httpbin on 127.0.0.1, on a free port unless the options name one.</summary>
    /// <param name="options">Port, certificate and clock; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static Task<HttpBin> StartAsync(HttpBinOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(BinHost.Build(options ?? new HttpBinOptions()), cancellationToken);

    /// <summary>Starts httpbin without a socket: it answers only what is sent through <see cref="CreateHandler"/>.</summary>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static Task<HttpBin> StartInProcessAsync(CancellationToken cancellationToken = default) =>
        RunAsync(BinHost.BuildInProcess(), cancellationToken);

    /// <summary>A handler that calls this httpbin in memory, whatever host the request names.</summary>
    /// <exception cref="ObjectDisposedException">This httpbin was stopped.</exception>
    public HttpMessageHandler CreateHandler()
    {
        ObjectDisposedException.ThrowIf(_isStopped != 0, this);
        return _memory.CreateHandler();
    }

    /// <summary>
    /// Stops listening. Answers that wait (<c>/delay</c>, <c>/drip</c>) are cut off at once, so this takes no longer than a moment.
    /// </summary>
    /// <param name="cancellationToken">Closes what is still open without waiting for it.</param>
    public Task StopAsync(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _isStopped, 1) == 0 ? _app.StopAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Stops, as <see cref="StopAsync"/> does, and frees everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<HttpBin> RunAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return new HttpBin(app, BinHost.MemoryOf(app), app.Urls.FirstOrDefault() ?? InProcessUrl);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
