namespace RequestsAsync.Bulk;

/// <summary>What failures are called in records, and which of them may pass.</summary>
internal static class FailureRule
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>What kind of failure an exception is.</summary>
    public static BulkErrorKind KindOf(Exception exception) => exception switch
    {
        InvalidRequestException => BulkErrorKind.BadInput,
        NameResolutionException => BulkErrorKind.Dns,
        BlockedAddressException => BulkErrorKind.Blocked,
        ConnectException or CircuitOpenException => BulkErrorKind.Connect,
        TlsException => BulkErrorKind.Tls,
        ProxyException => BulkErrorKind.Proxy,
        RequestTimeoutException => BulkErrorKind.Timeout,
        ConnectionLostException => BulkErrorKind.ConnectionLost,
        ProtocolException or ContentException => BulkErrorKind.Protocol,
        RedirectException => BulkErrorKind.Redirect,
        _ => BulkErrorKind.Other,
    };

    /// <summary>Whether a failure of the kind may pass, so that the request is worth another attempt.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="isIdempotent">Whether it does no harm to send the request again although it may have arrived (RFC 9110 §9.2.2).</param>
    public static bool MayPass(BulkErrorKind kind, bool isIdempotent) => kind switch
    {
        BulkErrorKind.Dns or BulkErrorKind.Connect or BulkErrorKind.Proxy => true,
        BulkErrorKind.Timeout or BulkErrorKind.ConnectionLost => isIdempotent,
        _ => false,
    };

    /// <summary>Whether a response of the status may be another one later.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="isIdempotent">Whether it does no harm to send the request again although the server may have acted on it.</param>
    public static bool MayPass(int status, bool isIdempotent) => status switch
    {
        429 or 503 => true, // RFC 6585 §4, RFC 9110 §15.6.4: it was not handled
        408 or 500 or 502 or 504 => isIdempotent,
        _ => false,
    };

    /// <summary>Whether the network is to blame for a failure of the kind, here or on the way.</summary>
    public static bool IsNetworks(BulkErrorKind kind) =>
        kind is BulkErrorKind.Dns or BulkErrorKind.Connect or BulkErrorKind.Proxy or BulkErrorKind.Timeout or BulkErrorKind.ConnectionLost;

    /// <summary>How long to wait before another attempt: somewhere in the second half of 1, 2, 4, … seconds, up to a minute.</summary>
    /// <param name="attempts">The attempts so far, at least 1.</param>
    /// <param name="random">A number from 0 to 1.</param>
    public static TimeSpan Wait(int attempts, double random)
    {
        double longest = Math.Min(LongestWait.TotalSeconds, FirstWait.TotalSeconds * Math.Pow(2, Math.Min(attempts - 1, 16)));
        return TimeSpan.FromSeconds(longest * (1 + random) / 2);
    }
}
