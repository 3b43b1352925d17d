namespace RequestsAsync.Testing;

/// <summary>A body on its way: at its pace, and to its end, whatever that is.</summary>
/// <param name="body">What comes.</param>
/// <param name="clock">By which clock.</param>
/// <param name="atEnd">Called when all of it was read.</param>
internal sealed class MockBodyStream(ReplyBody body, TimeProvider clock, Action atEnd) : ReadOnlyStream
{
    private readonly IPieceSource _source = body.Open();
    private readonly CancellationTokenSource _gone = new();
    private long _read;
    private int _leftOfPiece;
    private bool _isOver;
    private int _disposed;

    public override int Read(Span<byte> buffer)
    {
        if (!IsReadable(buffer.Length)) return 0;

        if (NeedsPause) Wait(ct => Blocking.Complete(Pause.WaitAsync(body.Interval, clock, async: false, ct)));
        int allowed = Allow(buffer.Length);
        int read = allowed == 0 ? 0 : _source.Read(buffer[..allowed]);
        if (read > 0) return Count(read);

        if (body.End == BodyEnd.Stalled) Wait(ct => Blocking.Complete(Standstill.UntilCancelledAsync(async: false, ct)));
        return Finish();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!IsReadable(buffer.Length)) return 0;

        if (NeedsPause) await WaitAsync(ct => Pause.WaitAsync(body.Interval, clock, async: true, ct), cancellationToken).ConfigureAwait(false);
        int allowed = Allow(buffer.Length);
        int read = allowed == 0 ? 0 : await _source.ReadAsync(buffer[..allowed], cancellationToken).ConfigureAwait(false);
        if (read > 0) return Count(read);

        if (body.End == BodyEnd.Stalled) await WaitAsync(ct => Standstill.UntilCancelledAsync(async: true, ct), cancellationToken).ConfigureAwait(false);
        return Finish();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _gone.Cancel(); // not disposed: a read on another thread may be waiting on it
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool NeedsPause => body.Interval > TimeSpan.Zero && _read > 0 && _read < body.Available && _source.HasMore
        && (body.MaxPiece == int.MaxValue ? _source.IsAtStart : _leftOfPiece == 0);

    private bool IsReadable(int length)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return length > 0 && !_isOver;
    }

    private int Allow(int length)
    {
        if (_leftOfPiece == 0) _leftOfPiece = body.MaxPiece;
        return (int)Math.Min(Math.Min(length, _leftOfPiece), body.Available - _read);
    }

    private int Count(int read)
    {
        _read += read;
        if (body.MaxPiece != int.MaxValue) _leftOfPiece -= read;
        return read;
    }

    private int Finish()
    {
        switch (body.End)
        {
            case BodyEnd.CutOff:
                string missing = body.Length is { } length ? $", with at least {length - _read} additional bytes expected" : "";
                throw new HttpIOException(HttpRequestError.ResponseEnded, $"The response ended prematurely{missing}.");
            case BodyEnd.Reset:
                throw Fault.Reset();
        }

        _isOver = true;
        atEnd();
        return 0;
    }

    private void Wait(Action<CancellationToken> wait)
    {
        try
        {
            wait(_gone.Token);
        }
        catch (OperationCanceledException e)
        {
            throw Gone(e);
        }
    }

    private async ValueTask WaitAsync(Func<CancellationToken, ValueTask> wait, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _gone.Token);
        try
        {
            await wait(ends.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Gone(e);
        }
        catch (OperationCanceledException e)
        {
            throw new TaskCanceledException(e.Message, e, cancellationToken); // the linked token says nothing to the caller
        }
    }

    // What a read meets whose connection is taken away.
    private static IOException Gone(Exception cause) => new("The response was disposed while its body was read.", cause);
}
