using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync.Tests;

/// <summary>The connections of requests that go through a proxy, with dialing, TLS and names in the test's hands.</summary>
public sealed class ProxyRouteTests
{
    private static readonly Url Target = Url.Parse("https://origin.invalid:8443/");

    [Fact]
    public async Task Each_address_is_asked_for_until_one_is_reached()
    {
        await using SocksServer server = new() { Code = asked => asked.Contains("192.0.2.3", StringComparison.Ordinal) ? (byte)0 : (byte)4 };
        ProxyRoute route = Route(server.Url("socks5"), resolve: Addresses("192.0.2.1", "2001:db8::2", "192.0.2.3", "192.0.2.4"));

        await using Stream stream = await route.OpenAsync(Target, forwards: false, CancellationToken.None);

        Assert.Equal(["5  192.0.2.1:8443", "5  [2001:db8::2]:8443", "5  192.0.2.3:8443"], server.Asked);
        Assert.Equal(3, server.ConnectionCount);
    }

    [Fact]
    public async Task Socks4_is_asked_for_addresses_of_ipv4_and_the_last_refusal_is_told()
    {
        await using SocksServer server = new() { Code = asked => asked.Contains("192.0.2.1", StringComparison.Ordinal) ? (byte)93 : (byte)91 };
        ProxyRoute route = Route(server.Url("socks4"), resolve: Addresses("2001:db8::2", "192.0.2.1", "192.0.2.3"));

        ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => route.OpenAsync(Target, forwards: false, CancellationToken.None).AsTask());

        Assert.EndsWith("refused: request rejected or failed.", e.Message, StringComparison.Ordinal);
        Assert.Equal(["4  192.0.2.1:8443", "4  192.0.2.3:8443"], server.Asked);
    }

    [Fact]
    public async Task Literals_are_shown_to_whoever_resolves_names_and_names_are_not_where_the_proxy_resolves_them()
    {
        await using SocksServer server = new();
        List<string> resolved = [];
        foreach (string scheme in (string[])["socks5", "socks5h", "socks4a"])
        {
            ProxyRoute route = Route(server.Url(scheme), resolve: (host, port, _) =>
            {
                resolved.Add($"{scheme} {host} {port}");
                return new([IPAddress.Parse(host)]);
            });
            await using Stream stream = await route.OpenAsync(Url.Parse("http://192.0.2.1:81/"), forwards: false, CancellationToken.None);
        }

        Assert.Equal(["socks5 192.0.2.1 81"], resolved);
    }

    [Theory]
    [InlineData("http://[::1]:81", "::1", 81)]
    [InlineData("socks5h://proxy.example", "proxy.example", 1080)]
    [InlineData("https://proxy.example", "proxy.example", 443)]
    public async Task Whom_to_dial_is_the_proxy(string proxy, string host, int port)
    {
        ProxyRoute route = Route(proxy, dial: (dialed, at, _) => throw new InvalidOperationException($"{dialed} {at}"));

        ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => route.OpenAsync(Target, forwards: false, CancellationToken.None).AsTask());

        Assert.Equal($"{host} {port}", e.InnerException!.Message);
    }

    public static TheoryData<Exception, Type, string> Failures => new()
    {
        { new SocketException((int)SocketError.ConnectionRefused), typeof(SocketException), "connection refused" },
        { new ConnectException("wrapped", new SocketException((int)SocketError.ConnectionRefused)), typeof(SocketException), "connection refused" },
        { new NameResolutionException("wrapped", new SocketException((int)SocketError.HostNotFound)), typeof(SocketException), "unknown host" },
        { new ConnectException("nobody is there"), typeof(ConnectException), "nobody is there" },
        { new TlsException("the certificate is old.", new AuthenticationException("inner")), typeof(AuthenticationException), "the certificate is old." },
        { new IOException("broken"), typeof(IOException), "broken" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Why_the_proxy_is_not_reached_stays_the_cause(Exception failure, Type cause, string told)
    {
        foreach (string proxy in (string[])["http://h", "socks4://h"])
        {
            ProxyRoute route = Route(proxy, dial: (_, _, _) => throw failure, resolve: Addresses("192.0.2.1"));

            ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => route.OpenAsync(Target, forwards: false, CancellationToken.None).AsTask());

            Assert.IsType(cause, e.InnerException);
            Assert.StartsWith($"the proxy {proxy} cannot be reached: ", e.Message, StringComparison.Ordinal);
            Assert.Contains(told, e.Message, StringComparison.Ordinal);
        }
    }

    public static TheoryData<Exception> Others => [new RequestTimeoutException("slow", TimeoutPhase.Connect), new OperationCanceledException("enough"), new BlockedAddressException("private")];

    [Theory]
    [MemberData(nameof(Others))]
    public async Task A_timeout_a_cancellation_and_a_rule_stay_what_they_are(Exception failure)
    {
        ProxyRoute route = Route("http://h", dial: (_, _, _) => throw failure);

        Assert.Same(failure, await Record.ExceptionAsync(() => route.OpenAsync(Target, forwards: true, CancellationToken.None).AsTask()));
    }

    [Fact]
    public async Task A_name_that_is_resolved_here_and_unknown_is_no_failure_of_the_proxy()
    {
        NameResolutionException unknown = new("unknown");
        ProxyRoute route = Route("socks5://h", dial: (_, _, _) => throw new InvalidOperationException("Nobody was to be dialed."), resolve: (_, _, _) => throw unknown);

        Assert.Same(unknown, await Record.ExceptionAsync(() => route.OpenAsync(Target, forwards: false, CancellationToken.None).AsTask()));
    }

    [Theory]
    [InlineData("socks4", "2001:db8::1")]
    [InlineData("socks5")]
    public async Task Without_an_address_that_the_proxy_can_be_asked_for_it_is_not_dialed(string scheme, params string[] addresses)
    {
        ProxyRoute route = Route($"{scheme}://h", dial: (_, _, _) => throw new InvalidOperationException("Nobody was to be dialed."), resolve: Addresses(addresses));

        ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => route.OpenAsync(Target, forwards: false, CancellationToken.None).AsTask());

        Assert.Contains($"cannot be asked for origin.invalid: it has no address that {scheme} can name.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_handshake_closes_the_connection()
    {
        using MemoryStream connection = new();
        ProxyRoute route = Route("https://h", dial: (_, _, _) => new(connection), secure: (_, _, _) => throw new AuthenticationException("untrusted"));

        ProxyException e = await Assert.ThrowsAsync<ProxyException>(() => route.OpenAsync(Target, forwards: true, CancellationToken.None).AsTask());

        Assert.Equal("the proxy https://h cannot be reached: untrusted", e.Message);
        Assert.False(connection.CanRead);
    }

    [Fact]
    public async Task Cancelling_closes_the_connection_to_a_silent_proxy()
    {
        using CancellationTokenSource cancel = new();
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadBytesAsync(3);
            await cancel.CancelAsync();
            await connection.WaitForCloseAsync();
            closed.SetResult();
        });
        ProxyRoute route = Route(server.Url.Replace("http", "socks5h", StringComparison.Ordinal));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => route.OpenAsync(Target, forwards: false, cancel.Token).AsTask());
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("http://origin.invalid/a?b", "GET http://origin.invalid/a?b HTTP/1.1\r\nHost: origin.invalid\r\n\r\n")]
    [InlineData("ws://origin.invalid/a?b", "CONNECT origin.invalid:80 HTTP/1.1\r\nHost: origin.invalid:80\r\nProxy-Authorization: Basic dXNlcjpwYXNz\r\n\r\n")]
    public async Task To_an_https_proxy_all_is_said_in_tls(string url, string first)
    {
        using X509Certificate2 certificate = SelfSigned("localhost");
        await using FaultyServer server = FaultyServer.Start(script => script
            .UseTls(certificate).ReadHead().When(request => request.Method == "CONNECT", then => then.Write(ProxyServer.TunnelOpen).ReadHead()).Write(ProxyServer.Ok));
        Proxy proxy = new($"https://user:pass@localhost:{server.Port}");
        ProxyRoute route = Route(proxy, secure: async (stream, host, cancellationToken) =>
        {
            SslStream secured = new(stream, leaveInnerStreamOpen: false, (_, presented, _, _) => presented!.Subject == $"CN={host}");
            await secured.AuthenticateAsClientAsync(host, clientCertificates: null, checkCertificateRevocation: false);
            return secured;
        });
        using HttpMessageInvoker transport = new(new SocketsHttpHandler
        {
            Proxy = new ForwardingProxy(proxy),
            ConnectCallback = (context, cancellationToken) =>
            {
                Uri uri = context.InitialRequestMessage.RequestUri!;
                return route.OpenAsync(Url.Parse(uri.OriginalString), proxy.Forwards(uri.Scheme), cancellationToken);
            },
        });

        using HttpResponseMessage response = await transport.SendAsync(new HttpRequestMessage(HttpMethod.Get, url), TestContext.Current.CancellationToken);

        Assert.Equal("ok", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        IReadOnlyList<string> heads = server.Heads;
        Assert.Equal(first, heads[0]);
        if (heads.Count > 1) Assert.Equal("GET /a?b HTTP/1.1\r\nHost: origin.invalid\r\n\r\n", heads[1]);
    }

    private static X509Certificate2 SelfSigned(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }

    private static Func<string, int, CancellationToken, ValueTask<IReadOnlyList<IPAddress>>> Addresses(params string[] addresses) =>
        (_, _, _) => new([.. addresses.Select(IPAddress.Parse)]);

    private static ProxyRoute Route(
        Proxy proxy,
        Func<string, int, CancellationToken, ValueTask<Stream>>? dial = null,
        Func<Stream, string, CancellationToken, ValueTask<Stream>>? secure = null,
        Func<string, int, CancellationToken, ValueTask<IReadOnlyList<IPAddress>>>? resolve = null) =>
        new(
            proxy,
            new SessionSettings(new()),
            dial ?? DialAsync,
            secure ?? ((_, _, _) => throw new InvalidOperationException("TLS was not to be spoken.")),
            resolve ?? ((_, _, _) => throw new InvalidOperationException("No name was to be resolved.")));

    private static async ValueTask<Stream> DialAsync(string host, int port, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(host, port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
