using System.Runtime.CompilerServices;

namespace RequestsAsync;

// The body: in memory, on its way, or gone.
public sealed partial class Response
{
    private byte[]? _body;
    private bool _consumed;

    internal PreparedRequest Prepared => _prepared;

    internal HttpResponseMessage Message => _message;

    /// <summary>Whether the body on its way is no longer in the content codings that the header fields name.</summary>
    internal bool IsDecoded => AttachedStream is { IsDecoded: true };

    /// <summary>Whether the body can be read, or was.</summary>
    internal bool IsAttached => AttachedStream is not null;

    /// <summary>How many bytes of the body are in memory.</summary>
    internal int BufferedLength => _body?.Length ?? 0;

    /// <summary>Whether the body is in memory.</summary>
    internal bool HasBody => _body is not null;

    private ResponseStream? AttachedStream => _readings?.Stream;

    private byte[] BodyBytes
    {
        get
        {
            if (_body is { } body) return body;
            throw _consumed || AttachedStream is null
                ? Fail(new BodyConsumedException($"{_prepared}: the body was read as a stream, or let go, and is not in memory. Read it once, with ReadAsync, to use it as often as you like."))
                : Fail(new BodyNotReadException($"{_prepared}: the body was not read yet; await r.ReadAsync() first."));
        }
    }

    /// <summary>Reads the whole body into memory, unless it is there already; <see cref="Content"/>, <see cref="Text"/> and JSON work then.</summary>
    /// <param name="cancellationToken">Ends the reading early; the connection is lost then.</param>
    /// <returns>The body as bytes, decoded from its content codings.</returns>
    /// <exception cref="BodyTooLargeException">The body is larger than <see cref="SessionOptions.MaxResponseBytes"/>, or a decompression bomb.</exception>
    /// <exception cref="BodyConsumedException">The body was read as a stream.</exception>
    /// <exception cref="RequestException">The connection failed, or the data is damaged.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_body is null) await BufferAsync(TakeStream(), _prepared.MaxResponseBytes, async: true, cancellationToken).ConfigureAwait(false);
        return _body!;
    }

    /// <summary>Reads the whole body into memory, blocking the thread while it waits.</summary>
    /// <inheritdoc cref="ReadAsync" path="/returns|/exception"/>
    public ReadOnlyMemory<byte> Read()
    {
        if (_body is not null) return _body;

        LoopGuard.CheckBlocking(nameof(Read));
        Blocking.Complete(BufferAsync(TakeStream(), _prepared.MaxResponseBytes, async: false, CancellationToken.None));
        return _body!;
    }

    /// <summary>The body as a stream that can be read once, front to end; disposing it disposes the response.</summary>
    /// <exception cref="BodyConsumedException">The body was read as a stream already.</exception>
    /// <remarks>Its reads throw the exceptions of this library, not <see cref="IOException"/>.</remarks>
    public Stream OpenStream() => _body is { } body ? new MemoryStream(body, writable: false) : TakeStream();

    /// <summary>Gives the connection back, or closes it where the body was not read to its end. A body in memory stays usable.</summary>
    public void Dispose()
    {
        _consumed |= _body is null;
        AttachedStream?.Dispose();
        _message.Dispose();
        _sending?.End();
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes the body readable.</summary>
    internal void Attach(ResponseStream stream) => Readings.Stream = stream;

    /// <summary>Lets the deadline end with the body, unless that has been read already.</summary>
    internal bool TryOwn(Deadline deadline) => !_consumed && !HasBody && AttachedStream!.TryOwn(deadline);

    /// <summary>Reads the attached body into memory, unless a hook has done so or has read it otherwise.</summary>
    internal async ValueTask BufferAsync(long limit, bool async, CancellationToken cancellationToken)
    {
        if (!_consumed && !HasBody) await BufferAsync(TakeStream(), limit, async, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the body into memory and lets the connection go.</summary>
    internal ValueTask BufferAsync(Stream stream, long limit, bool async, CancellationToken cancellationToken)
    {
        long? expected = ExpectedLength(stream);
        if (!async || !BodyReader.Believes(expected, limit)) return BufferAsync(stream, expected, limit, body: null, first: default, async, cancellationToken);

        // A short body is nearly always here already, with its head.
        byte[] body = GC.AllocateUninitializedArray<byte>((int)expected!);
        int read = BodyReader.TryRead(stream, body, _sending, cancellationToken, out ValueTask<int> reading);
        if (read < body.Length) return BufferAsync(stream, expected, limit, body, reading, async: true, cancellationToken);

        _body = body;
        return LetGoAsync(stream, async: true);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask BufferAsync(Stream stream, long? expected, long limit, byte[]? body, ValueTask<int> first, bool async, CancellationToken cancellationToken)
    {
        try
        {
            body = body is null
                ? await BodyReader.ReadToEndAsync(stream, expected, limit, _sending, async, cancellationToken).ConfigureAwait(false)
                : await BodyReader.FillAsync(stream, body, first, _sending, async, cancellationToken).ConfigureAwait(false);

            // A blocking read whose connection was taken away may have taken that for the end.
            cancellationToken.ThrowIfCancellationRequested();
            _body = body;
        }
        catch (Exception e) when (stream is ResponseStream attached && e is RequestException { Request: null })
        {
            throw attached.Translate(e);
        }
        catch (Exception e) when (stream is not ResponseStream && NoteFailure(e))
        {
            throw;
        }
        finally
        {
            await LetGoAsync(stream, async).ConfigureAwait(false);
        }
    }

    // The body is here, or will never be.
    private ValueTask LetGoAsync(Stream stream, bool async)
    {
        _consumed = _body is null;
        ValueTask closing = CloseAsync(stream, async);
        if (!closing.IsCompletedSuccessfully) return FinishAsync(closing);

        _message.Dispose();
        _sending?.End();
        return default;

        async ValueTask FinishAsync(ValueTask closing)
        {
            await closing.ConfigureAwait(false);
            _message.Dispose();
            _sending?.End();
        }
    }

    // A filter, so that the exception passes as it is.
    private bool NoteFailure(Exception e)
    {
        if (_sending is { Deadline: { } deadline }) _sending.Fail(Failure.Translate(e, Request, _prepared, Attempts, deadline, _sending), deadline.EndedBy);
        return false;
    }

    private static ValueTask CloseAsync(Stream stream, bool async)
    {
        if (async) return stream.DisposeAsync();

        stream.Dispose();
        return ValueTask.CompletedTask;
    }

    // The Content-Length counts what is on the wire, which says nothing about what is decoded from it; and where there can be no body
    // it tells how long another answer would have been (RFC 9110 §8.6).
    private long? ExpectedLength(Stream stream)
    {
        if (_prepared.Method == HttpMethod.Head || StatusCode is 204 or 304) return 0;
        if (stream is DecodingStream or ResponseStream { IsDecoded: true }) return null;
        if (_sending is { PlainLength: >= 0 and int plain }) return plain;

        // As it was received: what the typed property computes is gone with a message that was disposed.
        return _message.Content.Headers.NonValidated.TryGetValues("Content-Length", out System.Net.Http.Headers.HeaderStringValues length)
            && long.TryParse(length.ToString(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long bytes) ? bytes : null;
    }

    private ResponseStream TakeStream()
    {
        if (_consumed || AttachedStream is null) _ = BodyBytes; // says what is wrong
        _consumed = true;
        return AttachedStream!;
    }
}
