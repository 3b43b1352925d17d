using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync.Testing.Tests;

/// <summary>Where a server listens, TLS, and how it ends.</summary>
public sealed class ListeningTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Listens_on_IPv4_and_on_IPv6()
    {
        await using FaultyServer four = FaultyServer.Start("HTTP/1.1 200 OK\r\n\r\nfour");
        await using FaultyServer six = FaultyServer.Start("HTTP/1.1 200 OK\r\n\r\nsix", new() { Address = IPAddress.IPv6Loopback });
        using HttpClient client = new();

        Assert.Equal($"http://127.0.0.1:{four.Port}", four.Url);
        Assert.Equal($"https://127.0.0.1:{four.Port}", four.SecureUrl);
        Assert.Equal($"http://[::1]:{six.Port}", six.Url);
        Assert.Equal("four", await client.GetStringAsync(four.Url, Token));
        Assert.Equal("six", await client.GetStringAsync(six.Url, Token));
    }

    [Fact]
    public async Task Listens_on_a_Unix_domain_socket_and_deletes_it()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sock");
        FaultyServer server = FaultyServer.Start("answer", new() { UnixSocket = path });
        await using (Peer peer = await Peer.ConnectAsync(server, "GET / HTTP/1.1\r\n\r\n"))
            Assert.Equal("answer", await peer.ReadToEndAsync());
        Assert.Equal(("http://localhost", 0), (server.Url, server.Port));
        Assert.True(File.Exists(path));
        await server.DisposeAsync();

        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Another_can_follow_on_the_same_port()
    {
        FaultyServer first = FaultyServer.Start(script => script.Write("first"));
        await using (Peer peer = await Peer.ConnectAsync(first))
            Assert.Equal("first", await peer.ReadToEndAsync());
        await first.DisposeAsync();
        await using FaultyServer second = FaultyServer.Start(script => script.Write("second"), new() { Port = first.Port });
        await using Peer again = await Peer.ConnectAsync(second);

        Assert.Equal("second", await again.ReadToEndAsync());
        Assert.Throws<SocketException>(() => FaultyServer.Start("x", new() { Port = second.Port }));
    }

    [Fact]
    public async Task A_port_can_refuse()
    {
        await using FaultyServer server = FaultyServer.StartRefusing();

        SocketException e = await Assert.ThrowsAsync<SocketException>(() => Peer.ConnectAsync(server));

        Assert.Equal(SocketError.ConnectionRefused, e.SocketErrorCode);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task A_port_can_answer_nobody(string address)
    {
        FaultyServer server;
        try
        {
            server = await FaultyServer.StartUnreachableAsync(new() { Address = IPAddress.Parse(address) }, Token);
        }
        catch (PlatformNotSupportedException e)
        {
            Assert.Skip(e.Message);
            return;
        }

        await using FaultyServer hole = server;
        using Socket socket = new(server.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        Task knocking = socket.ConnectAsync(server.EndPoint, Token).AsTask();

        Assert.NotSame(knocking, await Task.WhenAny(knocking, Task.Delay(300, Token))); // for it never ends, there is nothing to wait for
        socket.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => knocking);
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Speaks_TLS_from_the_step_that_says_so(SslProtocols version)
    {
        using X509Certificate2 certificate = Certificate();
        await using FaultyServer server = FaultyServer.Start(script => script
            .ReadHead().Write("plain").UseTls(certificate, version).ReadRequest().Reply(200, "secret").Run(connection => connection.Close()));
        await using Peer peer = await Peer.ConnectAsync(server, "CONNECT h:1 HTTP/1.1\r\n\r\n");
        Assert.Equal("plain", await peer.ReadAsync(5));
        await using SslStream tls = new(peer.Stream, leaveInnerStreamOpen: false, (_, shown, _, _) => shown!.Subject == certificate.Subject);
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), Token);
        using StreamReader reader = new(tls);

        Assert.EndsWith("\r\n\r\nsecret", await reader.ReadToEndAsync(Token), StringComparison.Ordinal);
        Assert.Equal(version, tls.SslProtocol);
        Assert.Equal(["CONNECT", "GET"], server.Requests.Select(request => request.Method));
        server.Verify();
    }

    [Fact]
    public async Task What_was_read_ahead_belongs_to_the_handshake()
    {
        using X509Certificate2 certificate = Certificate();
        string? asked = null;
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadBytesAsync(1);
            await connection.WriteAsync("+");
            await connection.UseTlsAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate });
            asked = connection.Tls!.TargetHostName;
            await connection.WriteAsync("in");
        });
        await using Peer peer = await Peer.ConnectAsync(server);
        await using SslStream tls = new(new Prefixed(peer.Stream), leaveInnerStreamOpen: false, (_, shown, _, _) => shown!.Subject == certificate.Subject);
        await tls.AuthenticateAsClientAsync("name.example");
        using StreamReader reader = new(tls);

        Assert.Equal("in", await reader.ReadToEndAsync(Token));
        Assert.Equal("name.example", asked);
    }

    [Fact]
    public async Task Nonsense_instead_of_a_ServerHello_and_a_refused_certificate_are_as_they_are()
    {
        using X509Certificate2 certificate = Certificate();
        await using FaultyServer server = FaultyServer.Start(script => script
            .OnConnection(1, first => first.ReadBytes(5).Write("no TLS here").HalfClose().WaitForClose())
            .UseTls(certificate).WaitForClose());
        using HttpClient client = new();

        HttpRequestException nonsense = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(server.SecureUrl, Token));
        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(server.SecureUrl, Token));
        await server.WaitUntilAsync(server => server.OpenConnectionCount == 0, Token);

        Assert.Equal(HttpRequestError.SecureConnectionError, nonsense.HttpRequestError);
        Assert.Equal(HttpRequestError.SecureConnectionError, refused.HttpRequestError);
        Assert.All(server.Failures, failure => Assert.True(failure.IsClient));
    }

    [Fact]
    public async Task The_disposal_ends_every_script_and_closes_every_connection()
    {
        TaskCompletionSource never = new();
        FaultyServer server = FaultyServer.Start(script => script
            .OnConnection(1, first => first.Never())
            .OnConnection(2, second => second.ReadHead())
            .OnConnection(3, third => third.WaitFor(never.Task))
            .OnConnection(4, fourth => fourth.Wait(TimeSpan.FromDays(1)))
            .Write(new byte[64 << 20]));
        List<Peer> peers = [];
        for (int i = 0; i < 5; i++)
        {
            peers.Add(await Peer.ConnectAsync(server));
            await server.WaitUntilAsync(server => server.ConnectionCount == peers.Count, Token);
        }

        await server.DisposeAsync();
        await server.DisposeAsync();

        Assert.Equal(0, server.OpenConnectionCount);
        Assert.Empty(server.Failures);
        Assert.Equal(["", "", "", ""], await Task.WhenAll(peers.Take(4).Select(peer => peer.ReadToEndAsync())));
        await Assert.ThrowsAsync<SocketException>(() => Peer.ConnectAsync(server));
        foreach (Peer peer in peers)
            await peer.DisposeAsync();
    }

    [Fact]
    public async Task Holds_no_thread()
    {
        await using FaultyServer server = FaultyServer.Start(script => script.Never());
        int before = ThreadPool.ThreadCount;
        List<Peer> peers = [];
        for (int i = 0; i < 200; i++)
            peers.Add(await Peer.ConnectAsync(server));
        await server.WaitUntilAsync(server => server.OpenConnectionCount == 200, Token);

        Assert.InRange(ThreadPool.ThreadCount - before, -100, 50);
        foreach (Peer peer in peers)
            await peer.DisposeAsync();
    }

    private static X509Certificate2 Certificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }

    // Sends a byte before the first write, in one packet with it, and takes one before the first read.
    private sealed class Prefixed(Stream inner) : Stream
    {
        private bool _hasWritten;
        private bool _hasRead;

        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!_hasRead) await inner.ReadExactlyAsync(new byte[1], cancellationToken);
            _hasRead = true;
            return await inner.ReadAsync(buffer, cancellationToken);
        }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            ReadOnlyMemory<byte> bytes = _hasWritten ? buffer : (byte[])[(byte)'!', .. buffer.Span];
            _hasWritten = true;
            await inner.WriteAsync(bytes, cancellationToken);
        }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
