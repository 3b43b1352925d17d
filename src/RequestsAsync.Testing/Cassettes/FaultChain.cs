using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace RequestsAsync.Testing;

/// <summary>A failure as it is written into a file, and made again from it.</summary>
internal static class FaultChain
{
    /// <summary>Whether an exception is one of the network or the peer, and not of the code that called.</summary>
    public static bool IsRecorded(Exception e) =>
        e is HttpRequestException or IOException or SocketException or AuthenticationException or OperationCanceledException or TransportException or RequestTimeoutException;

    /// <summary>The exception and its causes, the outermost first.</summary>
    public static HarFault[] Of(Exception e)
    {
        List<HarFault> faults = [];
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
            faults.Add(new(cause.GetType().Name, CodeOf(cause), MessageOf(cause)));
        return [.. faults];
    }

    /// <summary>An exception of the same kind with causes of the same kinds.</summary>
    /// <param name="response">What was recorded of the answer.</param>
    public static Exception ToException(HarResponse response)
    {
        Exception? made = null;
        foreach (HarFault fault in response.Faults.Reverse())
            made = Make(fault, made);
        return made ?? new HttpRequestException(HttpRequestError.Unknown, response.Error ?? "There was no answer when this was recorded.");
    }

    /// <summary>Whether the caller gave up before there was an answer.</summary>
    public static bool IsCancelled(HarResponse response) => response.Faults is [{ Type: nameof(OperationCanceledException) or nameof(TaskCanceledException), Code: "Caller" }, ..];

    /// <summary>What stands for a call that its caller has ended.</summary>
    public static HarFault Cancelled { get; } = new(nameof(OperationCanceledException), "Caller", "The caller cancelled the request before it was answered.");

    private static string? CodeOf(Exception e) => e switch
    {
        HttpRequestException { StatusCode: { } status } http => string.Create(CultureInfo.InvariantCulture, $"{http.HttpRequestError} {(int)status}"), // of a proxy, for example
        HttpRequestException http => http.HttpRequestError.ToString(),
        HttpProtocolException protocol => protocol.ErrorCode.ToString(CultureInfo.InvariantCulture),
        HttpIOException io => io.HttpRequestError.ToString(),
        SocketException socket => socket.SocketErrorCode.ToString(),
        RequestTimeoutException timeout => timeout.Phase.ToString(),
        _ => null,
    };

    // The runtime adds the code by itself each time.
    private static string MessageOf(Exception e)
    {
        string suffix = e is HttpIOException io ? $" ({io.HttpRequestError})" : "";
        return suffix.Length > 0 && e.Message.EndsWith(suffix, StringComparison.Ordinal) ? e.Message[..^suffix.Length] : e.Message;
    }

    private static Exception Make(HarFault fault, Exception? inner) => fault.Type switch
    {
        nameof(HttpRequestException) => new HttpRequestException(Code(fault, HttpRequestError.Unknown), fault.Message, inner, StatusOf(fault)),
        nameof(HttpProtocolException) => new HttpProtocolException(long.TryParse(fault.Code, NumberStyles.None, CultureInfo.InvariantCulture, out long code) ? code : 0, fault.Message, inner),
        nameof(HttpIOException) => new HttpIOException(Code(fault, HttpRequestError.Unknown), fault.Message, inner),
        nameof(SocketException) => new SocketException((int)Code(fault, SocketError.SocketError)),
        nameof(AuthenticationException) => new AuthenticationException(fault.Message, inner),
        nameof(TaskCanceledException) => new TaskCanceledException(fault.Message, inner),
        nameof(OperationCanceledException) => new OperationCanceledException(fault.Message, inner),
        nameof(TimeoutException) => new TimeoutException(fault.Message, inner),
        nameof(EndOfStreamException) => new EndOfStreamException(fault.Message, inner),
        nameof(ConnectException) => new ConnectException(fault.Message, inner),
        nameof(NameResolutionException) => new NameResolutionException(fault.Message, inner),
        nameof(TlsException) => new TlsException(fault.Message, inner),
        nameof(ProxyException) => new ProxyException(fault.Message, inner),
        nameof(ConnectionLostException) => new ConnectionLostException(fault.Message, inner),
        nameof(ProtocolException) => new ProtocolException(fault.Message, inner),
        nameof(BlockedAddressException) => new BlockedAddressException(fault.Message, inner),
        nameof(TransportException) => new TransportException(fault.Message, inner),
        nameof(RequestTimeoutException) => new RequestTimeoutException(fault.Message, Code(fault, TimeoutPhase.Total), inner),
        _ => new IOException(fault.Message, inner),
    };

    private static T Code<T>(HarFault fault, T otherwise)
        where T : struct, Enum => Enum.TryParse(fault.Code?.Split(' ')[0], out T code) ? code : otherwise;

    private static HttpStatusCode? StatusOf(HarFault fault) =>
        fault.Code?.Split(' ') is [_, var status] && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int code) ? (HttpStatusCode)code : null;
}
