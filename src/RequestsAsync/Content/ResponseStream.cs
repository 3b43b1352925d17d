using System.Runtime.CompilerServices;

namespace RequestsAsync;

/// <summary>A body on its way: reads from the connection, ends with the deadline, and fails with this library's exceptions.</summary>
internal sealed class ResponseStream : ReadOnlyStream
{
    private readonly Stream _inner;
    private readonly Response _response;
    private readonly Deadline _deadline;
    private readonly CancellationTokenRegistration _registration;
    private bool _ownsDeadline;
    private int _disposed;

    public ResponseStream(Stream inner, Response response, Deadline deadline)
    {
        _inner = inner;
        _response = response;
        _deadline = deadline;

        // A read that is under way knows nothing of the deadline; taking its connection away ends it.
        _registration = deadline.Token.UnsafeRegister(static message => ((HttpResponseMessage)message!).Dispose(), response.Message);
    }

    /// <summary>Whether the content length of the header field says nothing about this stream.</summary>
    public bool IsDecoded => _inner is DecodingStream;

    /// <summary>Ends the deadline with this stream; not when the stream has ended already.</summary>
    public bool TryOwn(Deadline deadline)
    {
        _ownsDeadline = _disposed == 0 && deadline == _deadline;
        return _ownsDeadline;
    }

    public override int Read(Span<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        _response.Sending?.ReadBegins();
        try
        {
            return Check(_inner.Read(buffer), buffer.Length);
        }
        catch (Exception e)
        {
            throw Translate(e);
        }
        finally
        {
            _response.Sending?.ReadEnds();
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        ValueTask<int> reading;
        try
        {
            reading = _inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e)
        {
            reading = ValueTask.FromException<int>(e); // told where the read is awaited
        }

        if (!reading.IsCompletedSuccessfully) return WaitAsync(reading, buffer.Length, cancellationToken);

        // What is here already needs no state machine. An empty read may be the end, or a connection that was taken away.
        int read = Blocking.Complete(reading);
        if (read == 0) return WaitAsync(new(read), buffer.Length, cancellationToken);

        _response.Sending?.ReadEnds();
        return new(read);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> WaitAsync(ValueTask<int> reading, int asked, CancellationToken cancellationToken)
    {
        _response.Sending?.ReadBegins();
        try
        {
            return Check(await reading.ConfigureAwait(false), asked);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Translate(e);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A read that is cancelled may fail with what its lost connection does to it.
            throw new OperationCanceledException($"{_response.Prepared}: the reading of the body was cancelled.", e, cancellationToken);
        }
        finally
        {
            _response.Sending?.ReadEnds();
        }
    }

    /// <summary>A response that nobody has disposed gives its place back all the same, once nobody can read it any more.</summary>
#pragma warning disable MA0055 // no handle of the system is freed here, but others wait in line for the place
    ~ResponseStream()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;

        _response.Sending?.End();
        if (_ownsDeadline) _deadline.Stop(); // which lets the message go, and with it the connection
    }
#pragma warning restore MA0055

    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _registration.Dispose();
            try
            {
                _response.Message.Dispose();
                _inner.Dispose();
            }
            finally
            {
                _response.Sending?.End();
                if (_ownsDeadline) _deadline.Stop();
            }
        }

        base.Dispose(disposing);
    }

    // To the transport a connection that was taken away between two reads looks like the end of the body.
    private int Check(int read, int asked)
    {
        if (read == 0 && asked > 0) _deadline.Token.ThrowIfCancellationRequested();
        return read;
    }

    /// <summary>The exception that the caller sees for what went wrong in reading.</summary>
    public Exception Translate(Exception e)
    {
        // Who has disposed this stream has given the deadline back, and it may serve somebody else.
        Deadline? deadline = _disposed == 0 ? _deadline : null;
        Exception translated = Failure.Translate(e, _response.Request, _response.Prepared, _response.Attempts, deadline, _response.Sending);
        if (translated is RequestException failed) failed.Response ??= _response;
        _response.Sending?.Fail(translated, deadline?.EndedBy ?? EndedBy.Nothing);
        return translated;
    }
}
