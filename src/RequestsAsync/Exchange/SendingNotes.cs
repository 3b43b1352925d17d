namespace RequestsAsync;

/// <summary>What only some sendings have: those that waited, opened a connection, lost it, or are looked at by telemetry.</summary>
internal sealed class SendingNotes
{
    /// <summary>What telemetry wants to know.</summary>
    public RequestSpan? Span { get; set; }

    /// <summary>How long it waited for its place.</summary>
    public TimeSpan Queue { get; set; }

    /// <summary>What the connection died of.</summary>
    public Exception? LostBy { get; set; }

    /// <summary>The connection that is being opened for it.</summary>
    public CancellationTokenSource? Attempt { get; set; }

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => Span is null && Queue == default && LostBy is null && Attempt is null;

    /// <summary>Nobody needs that connection any more.</summary>
    public void CancelAttempt()
    {
        try
        {
            Attempt?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended at this very moment.
        }
    }
}
