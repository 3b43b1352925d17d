using System.Net.Sockets;
using System.Security.Authentication;

namespace RequestsAsync.Testing;

/// <summary>A way in which the network fails before an answer is there. It converts to a <see cref="Reply"/>.</summary>
/// <remarks>
/// What is thrown is what the runtime's own transport throws for the real thing, so <see cref="HttpClient"/> and a <see cref="Session"/> cannot tell them apart.
/// A body that ends badly is a matter of its reply: <see cref="Reply.CutOffAfter"/>, <see cref="Reply.ResetAfter"/>, <see cref="Reply.StalledAfter"/>.
/// </remarks>
public sealed class Fault
{
    private readonly string _name;
    private readonly Func<string, Exception>? _make;

    private Fault(string name, FaultStage stage, Func<string, Exception>? make, TimeoutPhase? stalls = null)
    {
        _name = name;
        Stage = stage;
        _make = make;
        Stalls = stalls;
    }

    /// <summary>Nobody listens on that port: <see cref="ConnectException"/>. Nothing was sent.</summary>
    public static Fault ConnectionRefused { get; } = new("connection refused", FaultStage.Connecting, authority => Connecting(SocketError.ConnectionRefused, authority));

    /// <summary>No route leads to the host: <see cref="ConnectException"/>. Nothing was sent.</summary>
    public static Fault Unreachable { get; } = new("network unreachable", FaultStage.Connecting, authority => Connecting(SocketError.NetworkUnreachable, authority));

    /// <summary>The name has no address: <see cref="NameResolutionException"/>. Nothing was sent.</summary>
    public static Fault HostNotFound { get; } = new("host not found", FaultStage.Connecting, authority => Resolving(SocketError.HostNotFound, authority));

    /// <summary>No name server answers, which may pass: <see cref="NameResolutionException"/>. Nothing was sent.</summary>
    public static Fault NameServerSilent { get; } = new("name server silent", FaultStage.Connecting, authority => Resolving(SocketError.TryAgain, authority));

    /// <summary>The handshake of TLS fails: <see cref="TlsException"/>. Nothing was sent. For https alone.</summary>
    public static Fault TlsFailure { get; } = new("TLS failure", FaultStage.Securing, _ => new HttpRequestException(
        HttpRequestError.SecureConnectionError, "The TLS connection could not be made.", new AuthenticationException("The remote certificate was refused by the mock.")));

    /// <summary>The connection is reset when the request was sent and nothing was answered: <see cref="ConnectionLostException"/>.</summary>
    public static Fault ConnectionReset { get; } = new("connection reset", FaultStage.Answering, _ => new HttpRequestException("The request could not be sent.", Reset()));

    /// <summary>The connection is closed when the request was sent and nothing was answered: <see cref="ConnectionLostException"/>.</summary>
    public static Fault ConnectionClosed { get; } = new("connection closed", FaultStage.Answering, _ => new HttpRequestException(
        HttpRequestError.ResponseEnded, "The request could not be sent.", new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.")));

    /// <summary>What answers does not speak HTTP: <see cref="ProtocolException"/>.</summary>
    public static Fault InvalidResponse { get; } = new("invalid response", FaultStage.Answering, _ => new HttpRequestException(
        HttpRequestError.InvalidResponse, "Received an invalid status line."));

    internal FaultStage Stage { get; }

    /// <summary>The phase in which nothing goes on.</summary>
    internal TimeoutPhase? Stalls { get; }

    /// <summary>
    /// Nothing goes on in a phase until a limit of the client passes: with a <see cref="Session"/> that of the phase, or the total; with <see cref="HttpClient"/>
    /// its <see cref="HttpClient.Timeout"/>. A limit that is infinite never passes.
    /// </summary>
    /// <param name="phase">
    /// <see cref="TimeoutPhase.Connect"/>, <see cref="TimeoutPhase.Tls"/> (for https alone), <see cref="TimeoutPhase.Write"/> (for requests with content alone),
    /// or <see cref="TimeoutPhase.Read"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The phase is <see cref="TimeoutPhase.Pool"/>, which the network has no part in, or <see cref="TimeoutPhase.Total"/>, which is any of them.</exception>
    public static Fault Timeout(TimeoutPhase phase) => phase switch
    {
        TimeoutPhase.Connect => new($"timeout ({phase})", FaultStage.Connecting, make: null, phase),
        TimeoutPhase.Tls => new($"timeout ({phase})", FaultStage.Securing, make: null, phase),
        TimeoutPhase.Write => new($"timeout ({phase})", FaultStage.Sending, make: null, phase),
        TimeoutPhase.Read => new($"timeout ({phase})", FaultStage.Answering, make: null, phase),
        TimeoutPhase.Pool => throw new ArgumentOutOfRangeException(nameof(phase), "Waiting for a place is the session's own: set its Limits, and hold a streamed response open."),
        _ => throw new ArgumentOutOfRangeException(nameof(phase), "The total passes in some phase: name it, and set a total that is shorter than its limit."),
    };

    /// <summary>What fails.</summary>
    public override string ToString() => $"<Fault {_name}>";

    /// <summary>The exception, and <see langword="null"/> where nothing goes on instead.</summary>
    internal Exception? Make(Url url) => _make?.Invoke($"{url.Host}:{url.Port}");

    /// <summary>What a read or a write meets when the other side has reset the connection.</summary>
    internal static IOException Reset()
    {
        SocketException reset = new((int)SocketError.ConnectionReset);
        return new IOException($"Unable to read data from the transport connection: {reset.Message}.", reset);
    }

    private static HttpRequestException Connecting(SocketError error, string authority) => OfSocket(HttpRequestError.ConnectionError, error, authority);

    private static HttpRequestException Resolving(SocketError error, string authority) => OfSocket(HttpRequestError.NameResolutionError, error, authority);

    private static HttpRequestException OfSocket(HttpRequestError kind, SocketError error, string authority)
    {
        SocketException cause = new((int)error);
        return new HttpRequestException(kind, $"{cause.Message} ({authority})", cause);
    }
}
