using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace RequestsAsync.Testing;

/// <summary>
/// What the server sends on one connection, TLS not yet applied: a place to put in what Kestrel has no call for (an interim answer), and to
/// slow down a head.
/// </summary>
/// <remarks>
/// What Kestrel writes is kept until it flushes, which it does behind a whole head or whole frames. So whatever is put in stands between those.
/// One flush or one insertion is under way at a time.
/// </remarks>
#pragma warning disable CA1001 // Without a wait handle a semaphore has nothing to free, and a last flush may come after the end.
internal sealed class ConnectionOutput(PipeWriter output, SocketOutput? socket) : PipeWriter
#pragma warning restore CA1001
{
    private const int LeastRented = 4096;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private byte[] _written = [];
    private int _length;
    private SlowHead? _slowHead;
    private readonly List<DataWatch> _watches = [];
    private bool _isEnded;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _length;

    /// <summary>Puts itself between a connection and what serves it.</summary>
    internal static ConnectionDelegate Wrap(ConnectionDelegate next) => async connection =>
    {
        IDuplexPipe wrapped = connection.Transport;
        var output = new ConnectionOutput(wrapped.Output, connection.Features.Get<SocketOutput>());
        connection.Transport = new ConnectionPipe(wrapped.Input, output);
        connection.Features.Set(output);
        await next(connection).ConfigureAwait(false);
    };

    /// <summary>Sends bytes between what Kestrel sends. They have to be whole: a head, or frames.</summary>
    internal async Task InsertAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await output.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lets the next head go out slowly.</summary>
    internal void SlowDown(SlowHead head) => Interlocked.Exchange(ref _slowHead, head)?.Dispose();

    /// <summary>Lets somebody wait for data to be sent; to be called before it is written.</summary>
    internal void Add(DataWatch watch)
    {
        lock (_watches) _watches.Add(watch);
    }

    /// <summary>Sends what was written, and then the end of the stream: the client finds the connection closed behind the last byte.</summary>
    internal async Task EndAsync()
    {
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            _isEnded = true;
            await output.CompleteAsync().ConfigureAwait(false);
            if (socket is not null) await socket.EndAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        int needed = _length + Math.Max(sizeHint, 1);
        if (needed > _written.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(LeastRented, 2 * _length)));
            _written.AsSpan(0, _length).CopyTo(larger);
            if (_written.Length > 0) ArrayPool<byte>.Shared.Return(_written);
            _written = larger;
        }

        return _written.AsMemory(_length);
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes) => _length += bytes;

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isEnded) return new FlushResult(isCanceled: false, isCompleted: true);
            if (!await TryWriteSlowlyAsync().ConfigureAwait(false)) output.Write(_written.AsSpan(0, _length));
            FlushResult result = await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            NoteSent();
            Forget();
            return result;
        }
        finally
        {
            _turn.Release();
        }
    }

    // Whoever takes the head disposes of it; the bytes of another answer go before it.
    private async ValueTask<bool> TryWriteSlowlyAsync()
    {
        if (Interlocked.Exchange(ref _slowHead, null) is not { } head) return false;

        bool isDone = true;
        try
        {
            isDone = await head.TryWriteAsync(output, _written.AsMemory(0, _length)).ConfigureAwait(false);
            if (!isDone) Interlocked.CompareExchange(ref _slowHead, head, null);
            return isDone;
        }
        finally
        {
            if (isDone) head.Dispose();
        }
    }

    public override void CancelPendingFlush() => output.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        if (exception is null && !_isEnded) output.Write(_written.AsSpan(0, _length));
        Forget();
        Interlocked.Exchange(ref _slowHead, null)?.Dispose();
        output.Complete(exception);
    }

    private void NoteSent()
    {
        lock (_watches)
        {
            if (_watches.Count > 0) _watches.RemoveAll(watch => watch.Note(_written.AsSpan(0, _length)));
        }
    }

    // An idle connection keeps no buffer.
    private void Forget()
    {
        if (_written.Length > 0) ArrayPool<byte>.Shared.Return(_written);
        _written = [];
        _length = 0;
    }
}
