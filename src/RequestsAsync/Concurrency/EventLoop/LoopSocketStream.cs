using System.Net;
using System.Net.Sockets;

namespace RequestsAsync;

/// <summary>A connection whose socket the event loop itself waits on: what comes for the loop's requests goes on on its thread, without a hop from another.</summary>
/// <remarks>
/// <para>
/// The socket never blocks. What can be done at once is done at once, on whatever thread; what has to wait is done when the loop's thread finds the socket ready. What
/// follows goes on there when it began there, or when the loop's own request is waited for; anything else goes on on the thread pool.
/// </para>
/// <para>
/// A connection leaves its loop (<see cref="Leave"/>) when the loop ends, when it carries a request that is not the loop's, and when a blocking call uses it. From then on
/// it waits in the runtime's way, and so does what was waiting.
/// </para>
/// </remarks>
internal sealed partial class LoopSocketStream : Stream
{
    private readonly EventLoop _loop;
    private readonly Socket _socket;
    private readonly SafeSocketHandle _handle;
    private readonly EndPoint? _remote;
    private readonly Lock _gate = new();
    private readonly SocketWait _reading;
    private readonly SocketWait _writing;
    private LoopPoller? _poller; // null when it has left, or was never taken in
    private int _place;
    private bool _mayRead = true; // there may be bytes, or the end: the kernel tells of each arrival once
    private bool _hasHungUp; // nothing more is told of what lies there
    private bool _isConnecting;
    private volatile bool _isAwaited;
    private volatile bool _isDisposed;

    private LoopSocketStream(EventLoop loop, Socket socket, EndPoint? remote)
    {
        _loop = loop;
        _socket = socket;
        _handle = socket.SafeHandle;
        _remote = remote;
        _reading = new(this);
        _writing = new(this);
        socket.Blocking = false;
    }

    /// <summary>The other end.</summary>
    /// <exception cref="SocketException">There is none any more.</exception>
    public EndPoint? RemoteEndPoint => _remote ?? _socket.RemoteEndPoint;

    /// <summary>Whether the loop waits on it.</summary>
    public bool IsOnLoop
    {
        get
        {
            lock (_gate)
            {
                return _poller is not null;
            }
        }
    }

    public override bool CanRead => !_isDisposed;

    public override bool CanSeek => false;

    public override bool CanWrite => !_isDisposed;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Takes in a socket that is connected.</summary>
    public static LoopSocketStream Of(EventLoop loop, LoopPoller poller, Socket socket)
    {
        LoopSocketStream stream = new(loop, socket, remote: null);
        lock (stream._gate)
        {
            stream.Join(poller);
        }

        return stream;
    }

    /// <summary>Connects a socket.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="poller">What it looks at.</param>
    /// <param name="socket">The socket. The stream owns it, and nobody does if this fails.</param>
    /// <param name="remote">To whom.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The connection; <see langword="null"/> when the loop has ended in the meantime, and the socket is of no more use.</returns>
    /// <exception cref="SocketException">The other side refuses, or cannot be reached.</exception>
    public static async ValueTask<LoopSocketStream?> ConnectAsync(EventLoop loop, LoopPoller poller, Socket socket, EndPoint remote, CancellationToken cancellationToken)
    {
        LoopSocketStream stream = new(loop, socket, remote);
        try
        {
            return await stream.ConnectAsync(poller, cancellationToken).ConfigureAwait(false) ? stream : null;
        }
        catch
        {
            stream.Dispose(); // or the poller would keep its place
            throw;
        }
    }

    /// <summary>What comes next over it is one of the loop's own requests, or another's.</summary>
    /// <param name="owner">The loop whose request it is; <see langword="null"/> for none, and for one that blocks its thread.</param>
    public void Carry(EventLoop? owner)
    {
        if (ReferenceEquals(owner, _loop)) _isAwaited = true;
        else Leave();
    }

    /// <summary>The head of the answer is here: what reads the rest may be anybody.</summary>
    public void HeadPassed() => _isAwaited = false;

    /// <summary>Lets the loop go. What waits goes on waiting in the runtime's way.</summary>
    public void Leave()
    {
        (Memory<byte> Target, CancellationToken Token)? read = null;
        (ReadOnlyMemory<byte> Source, CancellationToken Token)? write = null;
        bool wasConnecting;
        lock (_gate)
        {
            if (!TryLeave()) return;
            wasConnecting = _isConnecting;
            if (_reading.IsPending)
            {
                read = (_reading.Target, _reading.Token);
                _reading.Take(0);
            }

            if (_writing.IsPending)
            {
                write = (_writing.Rest, _writing.Token);
                _writing.Take(0);
            }
        }

        if (read is { } reading) _ = GoOnReadingAsync(reading.Target, reading.Token);
        if (write is not { } writing) return;
        if (wasConnecting) _writing.End(isOnLoop: false);
        else _ = GoOnWritingAsync(writing.Source, writing.Token);
    }

    /// <summary>The system tells what has happened.</summary>
    /// <param name="events">What, as <see cref="Epoll"/> names it.</param>
    /// <param name="isStandIn">Whether this is not the loop's thread, so that nothing may go on here.</param>
    public void Note(uint events, bool isStandIn)
    {
        bool hasRead = false;
        bool hasWritten = false;
        lock (_gate)
        {
            if (_poller is null) return;
            bool isOver = (events & (Epoll.Failed | Epoll.HungUp)) != 0;
            if (isOver || (events & Epoll.ReadHungUp) != 0) _hasHungUp = true;
            if (isOver || (events & (Epoll.Readable | Epoll.ReadHungUp)) != 0)
            {
                _mayRead = true;
                if (_reading.IsPending) hasRead = TryReadPending();
            }

            if ((isOver || (events & Epoll.Writable) != 0) && _writing.IsPending) hasWritten = _isConnecting ? EndConnecting() : TryWritePending();
        }

        if (hasWritten) _writing.End(!isStandIn);
        if (hasRead) _reading.End(!isStandIn);
    }

    /// <summary>Ends a waiting early.</summary>
    public void Cancel(SocketWait wait, CancellationToken token)
    {
        lock (_gate)
        {
            // The callback of the waiting before may come when the next has begun.
            if (!wait.IsPending || wait.Token != token) return;
            wait.Take(new OperationCanceledException(token));
        }

        wait.End(isOnLoop: false);
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) End();
        base.Dispose(disposing);
    }

    private void End()
    {
        bool wasReading;
        bool wasWriting;
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            TryLeave();
            wasReading = _reading.IsPending;
            wasWriting = _writing.IsPending;
            if (wasReading) _reading.Take(Aborted());
            if (wasWriting) _writing.Take(Aborted());
        }

        Epoll.ShutDown(_handle); // wakes a thread that blocks on it
        _socket.Dispose();
        if (wasReading) _reading.End(isOnLoop: false);
        if (wasWriting) _writing.End(isOnLoop: false);
    }

    private static IOException Aborted() => Failure(SocketError.OperationAborted);

    private static IOException Failure(SocketError error) => Failure(new SocketException((int)error));

    private static IOException Failure(SocketException cause) => new($"The connection failed: {cause.Message}", cause);

    private void Join(LoopPoller poller)
    {
        if (poller.TryAdd(this, _handle, out _place)) _poller = poller;
    }

    private bool TryLeave()
    {
        if (_poller is not { } poller) return false;
        _poller = null;
        poller.Remove(_place, _handle);
        return true;
    }

    private async ValueTask<bool> ConnectAsync(LoopPoller poller, CancellationToken cancellationToken)
    {
        ValueTask connected;
        lock (_gate)
        {
            bool isConnected = BeginConnecting();
            Join(poller);
            if (isConnected) return true;
            if (_poller is null) return false;
            _isConnecting = true;
            connected = new(_writing, _writing.Begin(default, default, isInline: false, cancellationToken));
        }

        await connected.ConfigureAwait(false);
        lock (_gate)
        {
            if (!_isConnecting) return true;
        }

        return false; // it was let go before it was connected
    }

    // The runtime would begin as well, but tell by an exception that it takes a while; what has failed it tells best.
    private bool BeginConnecting()
    {
        if (Epoll.TryConnect(_handle, _remote!) is { } isConnected) return isConnected;
        try
        {
            _socket.Connect(_remote!);
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
        {
            return false;
        }
    }

    private bool EndConnecting()
    {
        _isConnecting = false;
        var error = (SocketError)(int)_socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        if (error == SocketError.Success) _writing.Take(0);
        else _writing.Take(new SocketException((int)error));
        return true;
    }
}
