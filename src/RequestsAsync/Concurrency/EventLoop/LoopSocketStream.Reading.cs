using System.Net.Sockets;

namespace RequestsAsync;

internal sealed partial class LoopSocketStream
{
    private const int Blocks = -1; // what a read returns that finds nothing

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<int>(cancellationToken);

        bool isOnThread = _loop.IsOnThread;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_poller is not null && !_reading.IsUsed)
            {
                // The last read found less than it had room for, and no more has come since: to ask would be a call for nothing.
                if (_mayRead || _poller.IsStale)
                {
                    try
                    {
                        int read = Receive(buffer.Span);
                        if (read != Blocks) return new(read);
                    }
                    catch (IOException e)
                    {
                        return ValueTask.FromException<int>(e);
                    }
                }

                return new(_reading, _reading.Begin(buffer, default, isOnThread || _isAwaited, cancellationToken));
            }
        }

        return ReceiveAsync(buffer, cancellationToken);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        Leave();
        try
        {
            int read;
            while ((read = Receive(buffer)) == Blocks) _socket.Poll(Timeout.InfiniteTimeSpan, SelectMode.SelectRead);
            return read;
        }
        catch (ObjectDisposedException)
        {
            throw Aborted(); // meanwhile, by another thread
        }
    }

    // Takes what is there. No bytes asked for means: is there something, or the end?
    private int Receive(Span<byte> buffer)
    {
        Span<byte> one = stackalloc byte[1];
        int read = buffer.IsEmpty
            ? _socket.Receive(one, SocketFlags.Peek, out SocketError error)
            : _socket.Receive(buffer, SocketFlags.None, out error);
        switch (error)
        {
            case SocketError.Success when buffer.IsEmpty:
                return 0;
            case SocketError.Success:
                // epoll(7): a stream that gave less than was asked for has no more. Of its end it does not tell a second time.
                if (read < buffer.Length) _mayRead = _hasHungUp;
                return read;
            case SocketError.WouldBlock:
                _mayRead = false;
                return Blocks;
            default:
                throw Failure(error);
        }
    }

    private bool TryReadPending()
    {
        try
        {
            int read = Receive(_reading.Target.Span);
            if (read == Blocks) return false;
            _reading.Take(read);
        }
        catch (IOException e)
        {
            _reading.Take(e);
        }

        return true;
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw Failure(e);
        }
    }

    private async Task GoOnReadingAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int read = 0;
        Exception? failure = null;
        try
        {
            read = await ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
        }

        _reading.EndElsewhere(read, failure);
    }
}
