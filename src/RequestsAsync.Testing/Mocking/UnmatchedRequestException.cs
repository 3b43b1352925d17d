namespace RequestsAsync.Testing;

/// <summary>A <see cref="MockTransport"/> was sent a request that none of its routes is for. The message shows the nearest one and what differs.</summary>
/// <remarks>
/// A <see cref="RequestException"/>, so that a <see cref="Session"/> passes it on as it is; no <see cref="HttpRequestException"/>, so that no retry takes it for
/// the network's. Code that catches either may hide it: <see cref="MockTransport.Verify"/> tells of it all the same.
/// </remarks>
public sealed class UnmatchedRequestException : RequestException
{
    internal UnmatchedRequestException(string message, MockCall call, MockRoute? nearest)
        : base(message)
    {
        Call = call;
        Nearest = nearest;
    }

    /// <summary>The request.</summary>
    public MockCall Call { get; }

    /// <summary>The route that comes nearest to it; <see langword="null"/> when there is none at all.</summary>
    public MockRoute? Nearest { get; }
}
