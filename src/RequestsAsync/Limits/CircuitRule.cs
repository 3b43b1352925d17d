using System.Net.Sockets;

namespace RequestsAsync;

/// <summary>What counts as a failure of a host.</summary>
internal static class CircuitRule
{
    /// <summary>What a response says: 429 and all of 4xx come from a server that works.</summary>
    public static CircuitOutcome Of(int statusCode) => statusCode >= 500 ? CircuitOutcome.Failure : CircuitOutcome.Success;

    /// <summary>What an exception says, be it one of the transport's or one of this library's.</summary>
    /// <param name="e">What the sending ended with.</param>
    /// <param name="endedBy">What ended the call, if anything did.</param>
    public static CircuitOutcome Of(Exception e, EndedBy endedBy) => endedBy switch
    {
        EndedBy.Caller or EndedBy.Session => CircuitOutcome.Neither,
        EndedBy.Timeout => CircuitOutcome.Failure,
        _ => IsOfHost(e) ? CircuitOutcome.Failure : CircuitOutcome.Neither,
    };

    private static bool IsOfHost(Exception e) => e switch
    {
        HttpRequestException { InnerException: RequestException raisedWhileConnecting } => IsOfHost(raisedWhileConnecting),
        RequestTimeoutException timeout => timeout.Phase != TimeoutPhase.Pool, // the wait for a place of our own
        CircuitOpenException or BlockedAddressException => false,
        OperationCanceledException => e.InnerException is TimeoutException, // how the transport reports its own limit for connecting
        _ => e is TransportException or HttpRequestException or IOException or SocketException,
    };
}
