using System.Net;

namespace RequestsAsync.Testing.Tests;

/// <summary>The same httpbin without TLS and with it, and sessions that speak one version of HTTP to one of them.</summary>
public sealed class WireFixture : IAsyncLifetime
{
    private HttpBin? _plain;
    private HttpBin? _secure;

    /// <summary>Every way to ask: h2c is HTTP/2 without TLS.</summary>
    public static TheoryData<string> Wires => ["http/1.1", "h2c", "https/1.1", "h2"];

    internal HttpBin Plain => _plain!;

    internal HttpBin Secure => _secure!;

    public async ValueTask InitializeAsync()
    {
        _plain = await HttpBin.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        _secure = await HttpBin.StartAsync(new HttpBinOptions { Tls = true }, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_plain is not null) await _plain.DisposeAsync();
        if (_secure is not null) await _secure.DisposeAsync();
    }

    internal Session Open(string wire) => Open(wire, IsSecure(wire) ? Secure : Plain);

    internal static Session Open(string wire, HttpBin bin, TimeSpan? timeout = null) => new(new SessionOptions
    {
        BaseAddress = bin.Url,
        HttpVersion = IsHttp2(wire) ? HttpVersion.Version20 : HttpVersion.Version11,
        Tls = { Ca = bin.CertificateAuthority is { } authority ? [RequestsAsync.CertificateAuthority.From(authority)] : [] },
        Timeout = timeout ?? TimeSpan.FromSeconds(30),
        TrustEnvironment = false,
    });

    /// <summary>Sends on one connection: one by one in HTTP/1.1, and after the first side by side in HTTP/2.</summary>
    internal static async Task<IReadOnlyList<Response>> RepeatAsync(string wire, Func<Task<Response>> send)
    {
        List<Response> responses = [await send()];
        if (IsHttp2(wire)) responses.AddRange(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => send())));
        else for (int i = 0; i < 5; i++) responses.Add(await send());
        return responses;
    }

    internal static bool IsHttp2(string wire) => wire is "h2c" or "h2";

    internal static bool IsSecure(string wire) => wire is "https/1.1" or "h2";
}
