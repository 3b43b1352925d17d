using System.Net.Sockets;

namespace RequestsAsync.Tests;

/// <summary>Servers that fail before their certificate could be judged.</summary>
public sealed class FailedHandshakeTests
{
    private const string Host = "api.example";

    public static TheoryData<byte[], string> Answers => new()
    {
        { "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), "api.example does not speak TLS on that port: it answers in plain HTTP. Perhaps the URL should begin with http://" },
        { "SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), "api.example does not speak TLS on that port: it answers in another protocol. Is the port right?" },
        { "no"u8.ToArray(), "api.example does not speak TLS on that port: it answers in another protocol. Is the port right?" },
        { [], "api.example closed the connection during the TLS handshake." },
        { [22, 3, 3], "api.example closed the connection during the TLS handshake." },
        { Alert(0), "api.example closed the connection during the TLS handshake." },
        { Alert(70), "api.example speaks no version of TLS that is allowed. Its versions are older." },
        { Hello(1), "api.example speaks no newer version than TLS 1.0, which is not safe and not allowed." },
        { Hello(2), "api.example speaks no newer version than TLS 1.1, which is not safe and not allowed." },
        { Alert(40), "api.example shares no cipher suite with this client, or none that is strong enough for it." },
        { Alert(71), "api.example shares no cipher suite with this client, or none that is strong enough for it." },
        { [.. Hello(3), .. Alert(40)], "api.example demands a client certificate. Set TlsOptions.ClientCertificate." },
        { Alert(42), "api.example demands a client certificate. Set TlsOptions.ClientCertificate." },
        { Alert(116), "api.example demands a client certificate. Set TlsOptions.ClientCertificate." },
        { Alert(112), "api.example does not know the name api.example that it was asked for." },
        { Alert(120), "api.example speaks none of the protocols that were offered: h2, http/1.1." },
        { Alert(80), "api.example ended the TLS handshake with the alert InternalError." },
        { Alert(200), "api.example ended the TLS handshake with the alert 200." },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task The_reason_is_told_in_words(byte[] answer, string told)
    {
        await using FaultyServer server = FaultyServer.Start(script => script.ReadBytes(1).Write(answer));
        await using TlsClient client = new();

        Assert.Equal(told, await client.FailAsync(server.Port, Host));
    }

    [Theory]
    [InlineData(42, "BadCertificate")]
    [InlineData(48, "UnknownCa")]
    [InlineData(45, "CertificateExpired")]
    public async Task A_client_certificate_that_is_refused_is_named(byte alert, string name)
    {
        using TestAuthority root = new();
        await using FaultyServer server = FaultyServer.Start(script => script.ReadBytes(1).Write(Alert(alert)));
        await using TlsClient client = new(new() { ClientCertificate = root.IssueForClient("me") });

        Assert.Equal($"api.example does not accept the client certificate CN=me: {name}.", await client.FailAsync(server.Port, Host));
    }

    [Fact]
    public async Task A_lost_connection_is_the_cause()
    {
        await using FaultyServer reset = FaultyServer.Start(script => script.ReadBytes(1).Reset());
        await using FaultyServer closed = FaultyServer.Serve(connection => connection.ReadTextAsync(1));
        await using TlsClient client = new();

        TlsException e = await Assert.ThrowsAsync<TlsException>(() => client.ConnectAsync(reset.Port, Host));
        Assert.Equal("the TLS handshake with api.example failed: the connection was reset by the other side.", e.Message);
        Assert.IsType<SocketException>(Assert.IsAssignableFrom<IOException>(e.InnerException).InnerException);
        e = await Assert.ThrowsAsync<TlsException>(() => client.ConnectAsync(closed.Port, Host));
        Assert.IsAssignableFrom<IOException>(e.InnerException);
    }

    [Fact]
    public async Task A_handshake_that_hangs_is_cancelled_and_closes_its_connection()
    {
        using CancellationTokenSource cancel = new();
        TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using FaultyServer server = FaultyServer.Serve(async connection =>
        {
            await connection.ReadTextAsync(1);
            await cancel.CancelAsync();
            await connection.WaitForCloseAsync();
            closed.SetResult();
        });
        await using TlsClient client = new();

        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ConnectAsync(server.Port, Host, cancellationToken: cancel.Token));
        Assert.Equal(cancel.Token, e.CancellationToken);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    private static byte[] Alert(byte description) => [21, 3, 3, 0, 2, 2, description];

    // A ServerHello with a cipher suite that the client did not offer, so that the handshake ends there.
    private static byte[] Hello(byte minor) => [22, 3, minor, 0, 42, 2, 0, 0, 38, 3, minor, .. new byte[32], 0, 0, 0, 0];
}
