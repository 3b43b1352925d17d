using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace RequestsAsync.Testing;

/// <summary>One connection of a <see cref="FaultyServer"/>, for what a script says in code: every step of <see cref="FaultyScript"/> is a method here.</summary>
/// <remarks>
/// It is for one flow at a time. What waits here waits no longer than the server lives: its disposal ends it by an
/// <see cref="OperationCanceledException"/>, which is no failure of the script.
/// </remarks>
public sealed partial class FaultyConnection
{
    private readonly Socket _socket;
    private readonly CountingSocketStream _wire;
    private readonly ReceiveBuffer _received = new();
    private readonly ServerLog _log;
    private readonly ChannelWriter<FaultyRequest> _ready;
    private Stream _stream;
    private int _isClosed;

    internal FaultyConnection(Socket socket, CountingSocketStream wire, ServerLog log, ChannelWriter<FaultyRequest> ready, CancellationToken stop)
    {
        _socket = socket;
        _stream = _wire = wire;
        _log = log;
        _ready = ready;
        Stop = stop;
        Time = log.Time.GetUtcNow();
        Number = log.Open();
    }

    /// <summary>Its place among the connections of the server, from 1.</summary>
    public int Number { get; }

    /// <summary>When it was accepted, by the clock of <see cref="FaultyServerOptions.TimeProvider"/>.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Cancelled when the server is disposed of: whatever else a script waits for must wait on this too.</summary>
    public CancellationToken Stop { get; }

    /// <summary>The request whose head was read last; <see langword="null"/> before the first.</summary>
    public FaultyRequest? Request { get; private set; }

    /// <summary>The TLS of the connection: what the client asked for and showed; <see langword="null"/> before <see cref="UseTlsAsync(SslServerAuthenticationOptions)"/>.</summary>
    public SslStream? Tls { get; private set; }

    /// <summary>How many bytes came over the network, TLS included.</summary>
    public long BytesReceived => _wire.Received;

    /// <summary>How many bytes were given to the network, TLS included.</summary>
    public long BytesSent => _wire.Sent;

    /// <summary>Whether the script has closed it.</summary>
    public bool IsClosed => _isClosed != 0;

    internal string Step { get; set; } = "";

    internal bool ExpectsLeaving { get; private set; }

    internal TimeProvider Clock => _log.Time;

    /// <summary>From here on the client may close or reset whenever it likes: that ends the script, and <see cref="FaultyServer.Verify"/> minds it no more.</summary>
    public void MayLeave() => ExpectsLeaving = true;

    /// <summary>Shakes hands as a server, with TLS of the version the system likes best and without ALPN.</summary>
    /// <param name="certificate">The certificate, its private key included.</param>
    /// <param name="protocols">The versions to speak; <see cref="SslProtocols.None"/> leaves it to the system.</param>
    /// <exception cref="AuthenticationException">The client wants no such certificate or version.</exception>
    public Task UseTlsAsync(X509Certificate2 certificate, SslProtocols protocols = SslProtocols.None) =>
        UseTlsAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate, EnabledSslProtocols = protocols });

    /// <summary>Shakes hands as a server; what was received and not read yet belongs to the handshake.</summary>
    /// <param name="options">Certificate, versions, ALPN, whether the client must show a certificate …</param>
    /// <exception cref="AuthenticationException">The two sides do not agree.</exception>
    public async Task UseTlsAsync(SslServerAuthenticationOptions options)
    {
        if (Tls is not null) throw new InvalidOperationException("The connection speaks TLS already.");

        _wire.Unread(_received.Take(long.MaxValue).ToArray());
        SslStream tls = new(_wire, leaveInnerStreamOpen: true);
        _stream = Tls = tls;
        await tls.AuthenticateAsServerAsync(options, Stop).ConfigureAwait(false);
    }

    /// <summary>Waits by the clock of <see cref="FaultyServerOptions.TimeProvider"/>.</summary>
    /// <param name="time">How long; <see cref="Timeout.InfiniteTimeSpan"/> until the server is disposed of.</param>
    public async Task WaitAsync(TimeSpan time)
    {
        if (time == Timeout.InfiniteTimeSpan) await Standstill.UntilCancelledAsync(async: true, Stop).ConfigureAwait(false);
        else await Pause.WaitAsync(time, Clock, async: true, Stop).ConfigureAwait(false);
    }

    /// <summary>Says that no more will come (FIN) and goes on receiving; over TLS without <c>close_notify</c>, as a connection that is cut off.</summary>
    public void HalfClose() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>
    /// Closes as a process does that lets go of its socket: with FIN, but where the system holds bytes of the client that nobody read, or more of them come, it
    /// resets, and the client may lose what it has not read yet (RFC 9112 §9.6). <see cref="HalfClose"/> and <see cref="WaitForCloseAsync"/> close without that.
    /// </summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0) return;

        Tls?.Dispose();
        _wire.Dispose();
        _socket.Dispose();
        _log.Closed();
    }

    /// <summary>Closes with RST: what the client has not read is gone.</summary>
    public void Reset()
    {
        if (!IsClosed) _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        Close();
    }
}
