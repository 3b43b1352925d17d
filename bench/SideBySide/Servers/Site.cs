using System.Globalization;

namespace RequestsAsync.SideBySide;

/// <summary>nginx on free ports of loopback, with what the clients ask for.</summary>
internal sealed class Site : IAsyncDisposable
{
    /// <summary>The length of the large body.</summary>
    public const int LargeLength = 1 << 20;

    /// <summary>The length of the download.</summary>
    public const int DownloadLength = 1 << 30;

    private readonly ScratchFolder _scratch = new();
    private readonly int[] _ports = LoopbackPort.Free(3);
    private ChildProcess? _nginx;

    private Site()
    {
    }

    /// <summary>The PEM file with the authority of the site's certificate.</summary>
    public string Authority { get; private set; } = "";

    /// <summary>Starts nginx, and returns when it takes connections.</summary>
    /// <exception cref="InvalidOperationException">It ended instead.</exception>
    public static async Task<Site> StartAsync(string nginx, CancellationToken cancellationToken)
    {
        Site site = new();
        try
        {
            await site.StartNginxAsync(nginx, cancellationToken);
            return site;
        }
        catch
        {
            await site.DisposeAsync();
            throw;
        }
    }

    /// <summary>The URL of a path without TLS.</summary>
    public string Plain(string path) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_ports[0]}{path}");

    /// <summary>The URL of a path over TLS with HTTP/1.1.</summary>
    public string Secure(string path) => string.Create(CultureInfo.InvariantCulture, $"https://localhost:{_ports[1]}{path}");

    /// <summary>The URL of a path over TLS with HTTP/2.</summary>
    public string Multiplexed(string path) => string.Create(CultureInfo.InvariantCulture, $"https://localhost:{_ports[2]}{path}");

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null) await _nginx.DisposeAsync();
        _scratch.Dispose();
    }

    private async Task StartNginxAsync(string nginx, CancellationToken cancellationToken)
    {
        SiteCertificate certificate = SiteCertificate.Create();
        Authority = _scratch.Write("ca.pem", certificate.Authority);
        _scratch.Write("cert.pem", certificate.Certificate);
        _scratch.Write("key.pem", certificate.Key);
        _scratch.Write("www/large", new string('x', LargeLength));
        _scratch.WriteZeros("www/download", DownloadLength);
        string configuration = _scratch.Write("nginx.conf", NginxConfiguration.Of(_scratch.Root, _ports[0], _ports[1], _ports[2]));

        _nginx = ChildProcess.Start(nginx, ["-e", $"{_scratch.Root}/start.log", "-p", _scratch.Root, "-c", configuration]);
        while (!await LoopbackPort.IsOpenAsync(_ports[0], cancellationToken))
        {
            if (_nginx.HasExited) throw new InvalidOperationException($"nginx ended: {await _nginx.ErrorTextAsync()}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }
    }
}
