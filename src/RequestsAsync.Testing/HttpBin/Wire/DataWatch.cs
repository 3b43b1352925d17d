namespace RequestsAsync.Testing;

/// <summary>Waits for the data of one stream of HTTP/2 to be sent.</summary>
internal sealed class DataWatch(int streamId, int length)
{
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = length;

    /// <summary>Completes when so much was sent.</summary>
    internal Task Sent => _sent.Task;

    /// <summary>Takes note of frames that were sent. Returns whether it has seen enough.</summary>
    internal bool Note(ReadOnlySpan<byte> frames)
    {
        _left -= Http2Frames.DataLength(frames, streamId);
        return _left <= 0 && _sent.TrySetResult();
    }
}
