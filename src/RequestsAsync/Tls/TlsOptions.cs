using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace RequestsAsync;

/// <summary>How a session proves to itself whom it talks to over TLS, and who it is.</summary>
/// <remarks>
/// <para>The session takes a copy when it is made, and reads the files then. A server that is not accepted is a <see cref="TlsException"/> which says why.</para>
/// <para>
/// A server has to send its intermediate certificates. Those that it leaves out are not fetched from the address that its certificate names,
/// as browsers do and OpenSSL, curl and <c>requests</c> do not: whoever made the certificate would choose what this process calls.
/// </para>
/// </remarks>
public sealed class TlsOptions
{
    /// <summary>Whether the server's certificate is checked at all: its authority, its time and its name.</summary>
    /// <value>
    /// Default: <see langword="true"/>. <see langword="false"/> lets anyone on the way read and change what is sent; the log says so loudly.
    /// <see cref="Pins"/> are checked all the same.
    /// </value>
    public bool Verify { get; set; } = true;

    /// <summary>Authorities that are trusted beside the system's. A path of a PEM file and a certificate both convert: <c>Ca = { "corp-ca.pem" }</c>.</summary>
    /// <value>Default: none. What is trusted is a self-signed certificate, of a root or of one server; intermediates may stand beside it.</value>
    [SuppressMessage("Usage", "CA2227", Justification = "An options object is filled by initializers, with whole collections too.")]
    public IList<CertificateAuthority> Ca { get; set; } = [];

    /// <summary>Whether the system's authorities are trusted.</summary>
    /// <value>Default: <see langword="true"/>. <see langword="false"/>: those of <see cref="Ca"/> alone.</value>
    public bool TrustsSystem { get; set; } = true;

    /// <summary>What proves to the server who this client is. An <see cref="X509Certificate2"/> converts.</summary>
    /// <value>Default: <see langword="null"/>.</value>
    /// <remarks>In TLS 1.3 the handshake is over before the server has judged it: there its refusal ends the first read, and is a <see cref="ConnectionLostException"/>.</remarks>
    public ClientCertificate? ClientCertificate { get; set; }

    /// <summary>Keys that hosts must have, beside a certificate that is valid: <c>Pins = { ["api.example.com"] = ["sha256/BASE64"] }</c>.</summary>
    /// <value>
    /// Default: none. A pin is the SHA-256 of a public key (SubjectPublicKeyInfo), as in OkHttp; curl's <c>sha256//</c> means the same.
    /// The key is the host of the URL, <c>*.example.com</c> for all hosts below that one, or <c>*</c> for every host.
    /// </value>
    /// <remarks>
    /// One of all pins that apply to a host must be the key of a certificate of the chain: the server's own, an intermediate or the root.
    /// With <see cref="Verify"/> off only the server's own counts, for nothing vouches for the others. Always name a second, a backup key.
    /// </remarks>
    [SuppressMessage("Usage", "CA2227", Justification = "An options object is filled by initializers, with whole collections too.")]
    public IDictionary<string, IReadOnlyList<string>> Pins { get; set; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The oldest version that is spoken: <see cref="SslProtocols.Tls12"/> or <see cref="SslProtocols.Tls13"/>. The older ones are forbidden (RFC 8996).</summary>
    /// <value>Default: <see langword="null"/>, what the platform allows: TLS 1.2, unless its administrator decided otherwise.</value>
    public SslProtocols? MinimumVersion { get; set; }

    /// <summary>The only cipher suites that are offered, the preferred first.</summary>
    /// <value>Default: <see langword="null"/>, those of the platform. Windows cannot limit them.</value>
    /// <remarks>On Linux the runtime resumes no TLS session that such a list governs: every connection costs a whole handshake.</remarks>
    [SuppressMessage("Usage", "CA2227", Justification = "An options object is filled by initializers, with whole collections too.")]
    public IReadOnlyList<TlsCipherSuite>? CipherSuites { get; set; }

    /// <summary>Other names for hosts, sent to the server (SNI) and expected in its certificate: <c>ServerNames = { ["10.0.0.5"] = "api.internal" }</c>.</summary>
    /// <value>Default: none, the URL's host. An address is never sent (RFC 6066 §3), but is expected in the certificate.</value>
    [SuppressMessage("Usage", "CA2227", Justification = "An options object is filled by initializers, with whole collections too.")]
    public IDictionary<string, string> ServerNames { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the authorities are asked if a certificate was revoked.</summary>
    /// <value>
    /// Default: <see cref="X509RevocationMode.NoCheck"/>, as the runtime. With <see cref="X509RevocationMode.Online"/> a list that cannot be loaded is a
    /// failure too, and loading it holds a thread and hears no timeout of the request.
    /// </value>
    public X509RevocationMode RevocationMode { get; set; } = X509RevocationMode.NoCheck;
}
