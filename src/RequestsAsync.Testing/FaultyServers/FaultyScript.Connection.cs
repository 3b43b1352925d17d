using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync.Testing;

public sealed partial class FaultyScript
{
    /// <summary>Shakes hands as a TLS server; the steps behind it read and write within TLS.</summary>
    /// <param name="certificate">The certificate, its private key included.</param>
    /// <param name="protocols">The versions to speak; <see cref="SslProtocols.None"/> leaves it to the system.</param>
    public FaultyScript UseTls(X509Certificate2 certificate, SslProtocols protocols = SslProtocols.None) =>
        Add("UseTls()", connection => connection.UseTlsAsync(certificate, protocols));

    /// <summary>Shakes hands as a TLS server; the steps behind it read and write within TLS.</summary>
    /// <param name="options">Certificate, versions, ALPN, whether the client must show a certificate …</param>
    public FaultyScript UseTls(SslServerAuthenticationOptions options) => Add("UseTls()", connection => connection.UseTlsAsync(options));

    /// <summary>Waits by the clock of <see cref="FaultyServerOptions.TimeProvider"/>.</summary>
    /// <param name="time">How long.</param>
    public FaultyScript Wait(TimeSpan time) => Add("Wait()", connection => connection.WaitAsync(time));

    /// <summary>Waits for a task, such as that of a <see cref="TaskCompletionSource"/> that the test completes.</summary>
    /// <param name="signal">What to wait for; if it fails the script fails.</param>
    public FaultyScript WaitFor(Task signal) => Add("WaitFor()", connection => signal.WaitAsync(connection.Stop));

    /// <summary>From here on the client may close or reset whenever it likes: that ends the script, and <see cref="FaultyServer.Verify"/> minds it no more.</summary>
    public FaultyScript MayLeave() => Run(static connection => connection.MayLeave());

    /// <summary>Does nothing more: neither reads nor writes nor closes until the server is disposed of.</summary>
    public FaultyScript Never() => AddEnd("Never()", static connection => connection.WaitAsync(Timeout.InfiniteTimeSpan));

    /// <summary>Says that no more will come (FIN) and can read on; over TLS without <c>close_notify</c>, as a connection that is cut off.</summary>
    public FaultyScript HalfClose() => Run(static connection => connection.HalfClose());

    /// <summary>
    /// Closes with FIN; where the system holds bytes of the client that nobody read, or more of them come, it resets, and the client may lose what it has
    /// not read yet (RFC 9112 §9.6). <c>HalfClose().WaitForClose()</c> closes without that.
    /// </summary>
    public FaultyScript Close() => AddEnd("Close()", static connection =>
    {
        connection.Close();
        return Task.CompletedTask;
    });

    /// <summary>Closes with RST: what the client has not read is gone.</summary>
    public FaultyScript Reset() => AddEnd("Reset()", static connection =>
    {
        connection.Reset();
        return Task.CompletedTask;
    });
}
