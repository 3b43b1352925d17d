using System.Runtime.CompilerServices;
using System.Text;

namespace RequestsAsync;

/// <summary>An HTTP/1.1 connection as the transport sees it. It knows whose bytes pass, and hears the server while content is still being sent.</summary>
/// <remarks>
/// The transport writes all of a request before it looks for an answer. A server that refuses content by its head alone (413, 401) answers at
/// once and closes, and the answer would be lost in the failure of the next write. So while content is written this stream reads ahead: when
/// a refusal comes, or writing fails, the rest of the content is dropped and the transport finds the answer. Such a connection is never used again.
/// </remarks>
internal sealed partial class Http1Stream : ConnectionStream
{
    // Progress is seen after each piece, so a slow line is told from a dead one.
    private const int PieceLength = 64 << 10;
    private const int PeekLength = 4 << 10;

    private readonly ResponseHeadCheck _head = new(); // and the lock: ten thousand connections would have as many locks, each as large as this
    private CancellationTokenSource? _giveUp; // of a write; the transport cancels none, it closes the connection
    private Sending? _sending; // what it carries, or carried last
    private long _idleSince; // 0 while it is in use
    private bool _isClosed;
    private byte[]? _peeked;
    private Task<int>? _peek;
    private volatile bool _isReading; // for the transport, which begins to read when it takes a connection that was idle
    private volatile bool _isRefused; // by what such a read has brought
    private TaskCompletionSource? _refusal; // for those who wait for that
    private int _peekOffset;
    private bool _isDeaf; // writes are dropped: the server takes no more
    private bool _isDamaged; // a request was not written whole, and no other may follow it

    public Http1Stream(Stream inner, Connection connection, OpenConnections owner)
        : base(inner, connection, owner) => connection.Carrier = this;

    public override long? IdleSince => Volatile.Read(ref _idleSince) is > 0 and long since ? since : null;

    public override bool TryCloseIdle()
    {
        lock (_head)
        {
            if (_idleSince == 0 || _isClosed) return false;
            _isClosed = true;
        }

        Dispose();
        return true;
    }

    /// <summary>A request is over: unless the next one has begun already, the connection has nothing to do.</summary>
    public void Release(Sending sending, long now)
    {
        lock (_head)
        {
            if (_sending == sending) _idleSince = now;
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Take(blocks: false) is not { } sending) return Inner.WriteAsync(buffer, cancellationToken);
        if (_isDeaf) return default;
        if (sending.BodyState == BodyState.Sending || buffer.Length > PieceLength) return WritePiecesAsync(buffer, sending);

        ValueTask writing = Inner.WriteAsync(buffer, cancellationToken);
        if (!writing.IsCompletedSuccessfully)
        {
            sending.WriteBegins();
            return FinishAsync(writing, sending);
        }

        sending.WriteEnds();
        return writing;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Take(blocks: true) is not { } sending)
        {
            Inner.Write(buffer);
            return;
        }

        while (buffer.Length > 0 && !_isDeaf)
        {
            ReadOnlySpan<byte> piece = buffer[..Math.Min(PieceLength, buffer.Length)];
            sending.WriteBegins();
            try
            {
                Inner.Write(piece);
            }
            catch (IOException e) when (sending.BodyState == BodyState.Sending)
            {
                StopListening(sending, e);
                return;
            }

            sending.WriteEnds();
            buffer = buffer[piece.Length..];
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (HasEnded()) return new(0);
        if (_peek is not null) return ReadPeekedAsync(_peek, buffer);

        ValueTask<int> reading = Inner.ReadAsync(buffer, cancellationToken);
        if (!reading.IsCompletedSuccessfully || buffer.Length == 0) return Follow(reading, buffer);

        int read = ResultOf(reading);
        Note(buffer.Span[..read]);
        return new(read);
    }

    public override int Read(Span<byte> buffer)
    {
        if (HasEnded()) return 0;

        try
        {
            int read = Inner.Read(buffer);
            if (buffer.Length > 0) Note(buffer[..read]);
            return read;
        }
        catch (IOException e)
        {
            _sending?.ConnectionLost(e);
            throw;
        }
    }

    /// <summary>What came over it was no proper answer: nothing more is to be made of it.</summary>
    public void Damage() => _isDamaged = true;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!disposing) return;

        Connection.Carrier = null; // responses that are kept know the connection
        _giveUp?.Dispose();
    }

    // Whose bytes come now. The first of a request's must find the connection whole.
    private Sending? Take(bool blocks)
    {
        Sending? current = Sending.Current ?? Sending.Marked;
        if (current is null || current == _sending) return current;

        lock (_head)
        {
            if (!Takes(current))
            {
                current.TurnAway(); // the transport gives a connection that has just become free to a waiting request without a try
                throw new IOException("The connection was closed.");
            }

            current.Begin(this, isReused: _sending is not null);
            _sending = current;
            _idleSince = 0;
            _isRefused = false;
            _refusal = null;
            _head.Restart();
        }

        Connection.OnLoop?.Carry(blocks ? null : current.Loop);

        return current;
    }

    // The transport tries whether a connection is alive before it gives it to a request. To that request a damaged one has ended, one that was
    // closed while it was idle, and any that was used before where it must be a new one.
    private bool HasEnded() => _isClosed || (Sending.Current is { } current && current != _sending && !Takes(current));

    private bool Takes(Sending next) => !_isClosed && !_isDamaged && !(next.WantsNewConnection && _sending is not null);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask FinishAsync(ValueTask writing, Sending sending)
    {
        await writing.ConfigureAwait(false);
        sending.WriteEnds();
    }

#pragma warning disable RS0030 // complete: nothing is waited for
    private static int ResultOf(Task<int> completed) => completed.Result;

    private static int ResultOf(ValueTask<int> completed) => completed.Result;
#pragma warning restore RS0030

    // Looks at bytes on their way to the transport, and throws where it must not get them.
    private void Note(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            _sending?.ConnectionLost(cause: null);
            return;
        }

        if (_sending is not { } sending) return;

        long now = sending.BytesCame();
        if (_head.HasEnded) return;

        bool isFirstPiece = !_head.HasBegun;
        if (isFirstPiece && sending.BodyState == BodyState.Sending && IsRefusal(bytes)) Refuse();
        int length = _head.Feed(bytes);
        if (!_head.HasEnded) return;

        Connection.OnLoop?.HeadPassed();
        sending.HeadPassed(now, _head.PlainLength, isPlain: isFirstPiece && Ascii.IsValid(bytes[..length]));
    }
}
