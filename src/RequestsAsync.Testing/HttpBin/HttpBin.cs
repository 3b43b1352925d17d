using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;

namespace RequestsAsync.Testing;

/// <summary>
/// httpbin in the test's own process: the endpoints of httpbin.org, and some that it lacks, served by Kestrel on the loopback interface in
/// HTTP/1.1 and HTTP/2, or without any socket through <see cref="CreateHandler"/>.
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
    private const string InProcessName = "httpbin.test";

    private readonly WebApplication _app;
    private readonly TestServer _memory;
    private readonly BinCertificates? _certificates;
    private int _isStopped;

    private HttpBin(WebApplication app, BinCertificates? certificates, string url)
    {
        _app = app;
        _memory = BinHost.MemoryOf(app);
        _certificates = certificates;
        Url = url;
    }

    /// <summary>
    /// Where it listens, such as <c>http://127.0.0.1:43567</c>, without a trailing slash; for one started by
    /// <see cref="StartInProcessAsync(CancellationToken)"/> a name that nothing but its own handler answers.
    /// </summary>
    public string Url { get; }

    /// <summary>
    /// Who issued the certificate that was made at the start, for a client to trust; without the private key.
    /// <see langword="null"/> unless it was started with <see cref="HttpBinOptions.Tls"/> and without a certificate of one's own.
    /// </summary>
    /// <remarks>It is another one each time, stays in memory, and is gone with this httpbin.</remarks>
    public X509Certificate2? CertificateAuthority => _certificates?.Authority;

    /// <summary>Starts httpbin on 127.0.0.1, on a free port unless the options name one.</summary>
    /// <param name="options">Port, protocols, certificate and clock; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static Task<HttpBin> StartAsync(HttpBinOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new HttpBinOptions();
        BinCertificates? certificates = options is { Tls: true, Certificate: null } ? BinCertificates.Create() : null;
        return RunAsync(BinHost.Build(options, options.Certificate ?? certificates?.Server), certificates, inProcessUrl: "", cancellationToken);
    }

    /// <summary>Starts httpbin without a socket: it answers only what is sent through <see cref="CreateHandler"/>.</summary>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static Task<HttpBin> StartInProcessAsync(CancellationToken cancellationToken = default) =>
        StartInProcessAsync(new HttpBinOptions(), cancellationToken);

    /// <summary>Starts httpbin without a socket: it answers only what is sent through <see cref="CreateHandler"/>.</summary>
    /// <param name="options">
    /// The clock, and by <see cref="HttpBinOptions.Tls"/> or a certificate the scheme of <see cref="Url"/>. There is no port and no handshake.
    /// </param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>.</exception>
    public static Task<HttpBin> StartInProcessAsync(HttpBinOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        string scheme = options.Tls || options.Certificate is not null ? "https" : "http";
        return RunAsync(BinHost.BuildInProcess(options), certificates: null, $"{scheme}://{InProcessName}", cancellationToken);
    }

    /// <summary>A handler that calls this httpbin in memory, whatever host the request names.</summary>
    /// <exception cref="ObjectDisposedException">This httpbin was stopped.</exception>
    public HttpMessageHandler CreateHandler()
    {
        ObjectDisposedException.ThrowIf(_isStopped != 0, this);
        return _memory.CreateHandler();
    }

    /// <summary>
    /// Stops listening. Answers that wait (<c>/delay</c>, <c>/sse</c>) are cut off at once, so this takes no longer than a moment.
    /// </summary>
    /// <param name="cancellationToken">Closes what is still open without waiting for it.</param>
    public Task StopAsync(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _isStopped, 1) == 0 ? _app.StopAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Stops, as <see cref="StopAsync"/> does, and frees everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _certificates?.Dispose();
    }

    private static async Task<HttpBin> RunAsync(
        WebApplication app, BinCertificates? certificates, string inProcessUrl, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return new HttpBin(app, certificates, app.Urls.FirstOrDefault() ?? inProcessUrl);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            certificates?.Dispose();
            throw;
        }
    }
}
