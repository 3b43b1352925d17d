using System.Net.Sockets;

namespace RequestsAsync;

internal sealed partial class LoopSocketStream
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled(cancellationToken);

        bool isOnThread = _loop.IsOnThread;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_poller is not null && !_writing.IsUsed)
            {
                try
                {
                    ReadOnlyMemory<byte> rest = buffer[Send(buffer.Span)..];
                    if (rest.IsEmpty) return default;
                    return new(_writing, _writing.Begin(default, rest, isOnThread || _isAwaited, cancellationToken));
                }
                catch (IOException e)
                {
                    return ValueTask.FromException(e);
                }
            }
        }

        return SendAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        try
        {
            while (true)
            {
                buffer = buffer[Send(buffer)..];
                if (buffer.IsEmpty) return;
                Leave();
                _socket.Poll(Timeout.InfiniteTimeSpan, SelectMode.SelectWrite);
            }
        }
        catch (ObjectDisposedException)
        {
            throw Aborted(); // meanwhile, by another thread
        }
    }

    // Gives the kernel as much as it takes.
    private int Send(ReadOnlySpan<byte> buffer)
    {
        int sent = 0;
        while (sent < buffer.Length)
        {
            int count = _socket.Send(buffer[sent..], SocketFlags.None, out SocketError error);
            if (error == SocketError.WouldBlock) break;
            if (error != SocketError.Success) throw Failure(error);
            sent += count;
        }

        return sent;
    }

    private bool TryWritePending()
    {
        try
        {
            int sent = Send(_writing.Rest.Span);
            if (sent < _writing.Rest.Length)
            {
                _writing.Rest = _writing.Rest[sent..];
                return false;
            }

            _writing.Take(0);
        }
        catch (IOException e)
        {
            _writing.Take(e);
        }

        return true;
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            while (!buffer.IsEmpty)
                buffer = buffer[await _socket.SendAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
        }
        catch (SocketException e)
        {
            throw Failure(e);
        }
    }

    private async Task GoOnWritingAsync(ReadOnlyMemory<byte> rest, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await SendAsync(rest, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
        }

        _writing.EndElsewhere(0, failure);
    }
}
