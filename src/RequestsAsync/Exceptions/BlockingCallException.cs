namespace RequestsAsync;

/// <summary>A blocking call was made on the thread of an event loop that forbids it; see <see cref="EventLoopOptions.ForbidBlocking"/>. Nothing was sent.</summary>
/// <remarks>It is a fault of the program, not of a request, and so stands beside the tree of <see cref="RequestException"/>.</remarks>
public sealed class BlockingCallException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was called, and what to do instead.</param>
    public BlockingCallException(string message)
        : base(message)
    {
    }
}
