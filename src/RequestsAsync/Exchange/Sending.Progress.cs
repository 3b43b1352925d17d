namespace RequestsAsync;

// How far it is: what the connection and the transport tell of it, and what that means for its time.
internal sealed partial class Sending
{
    /// <summary>Some of it is being written.</summary>
    public void WriteBegins()
    {
        if (!_hasHead) EnterNow(TimeoutPhase.Write); // HTTP/2 answers while content is still sent, and then the reading counts
    }

    /// <summary>It is written.</summary>
    public void WriteEnds()
    {
        // Between two pieces the caller's own source is waited for, as long as it likes.
        if (BodyState == BodyState.Sending)
        {
            if (!_hasHead) Leave();
            return;
        }

        _sent = Now;
        Enter(TimeoutPhase.Read, _sent);
    }

    /// <summary>The transport asks for the content.</summary>
    public void BodyBegins()
    {
        BodyState = BodyState.Sending;
        Leave();
    }

    /// <summary>All of the content was handed over.</summary>
    public void BodyEnds()
    {
        BodyState = BodyState.Sent;
        _sent = Now;
        if (!_hasHead) Enter(TimeoutPhase.Read, _sent); // HTTP/2 answers meanwhile; then it is for the caller to begin
    }

    /// <summary>Bytes have come.</summary>
    /// <returns>When, as a timestamp.</returns>
    public long BytesCame()
    {
        long now = Now;
        if (_firstByte == 0) _firstByte = now;
        if (BodyState == BodyState.Sent) Enter(TimeoutPhase.Read, now);
        return now;
    }

    /// <summary>The head of the answer has passed on its way to the transport.</summary>
    /// <param name="now">When, as a timestamp.</param>
    /// <param name="plainLength">See <see cref="PlainLength"/>.</param>
    /// <param name="isAscii">Whether it is all of ASCII, as far as it came in this piece.</param>
    public void HeadPassed(long now, int plainLength, bool isAscii)
    {
        HasPlainHead = isAscii && plainLength >= 0 && now == _firstByte;
        _headCame = now;
        PlainLength = plainLength;
    }

    /// <summary>The body is waited for.</summary>
    public void ReadBegins() => EnterNow(TimeoutPhase.Read);

    /// <summary>The body is not waited for: the caller is busy with what came.</summary>
    public void ReadEnds() => Leave();

    /// <summary>How long it took until the header fields were here.</summary>
    public TimeSpan Elapsed(TimeProvider time) => _headCame == 0 ? TimeSpan.Zero : time.GetElapsedTime(Started, _headCame);

    /// <summary>What the times are at the moment.</summary>
    public Timings ToTimings(TimeProvider time)
    {
        long end = Ended != 0 ? Ended : time.GetTimestamp();
        bool opened = Connection is not null && !IsReused;
        return new Timings
        {
            Queue = _notes?.Queue ?? TimeSpan.Zero,
            Dns = opened ? Connection!.Dns : TimeSpan.Zero,
            Connect = opened ? Connection!.Connect : TimeSpan.Zero,
            Tls = opened ? Connection!.Tls : TimeSpan.Zero,
            RequestSent = Since(_sent),
            FirstByte = Since(_firstByte),
            Total = time.GetElapsedTime(Started, end),
        };

        TimeSpan? Since(long stamp) => stamp == 0 ? null : time.GetElapsedTime(Started, stamp);
    }

    // 0 when it is over.
    private long Now => _deadline?.Time.GetTimestamp() ?? 0;

    private void EnterNow(TimeoutPhase phase, bool mayConnect = false) => Enter(phase, Now, mayConnect);

    // A connection may hear of a byte when the call that it carried is over: that changes nothing any more, for nobody watches this phase.
    private void Enter(TimeoutPhase phase, long now, bool mayConnect = false)
    {
        if (_deadline is not { } deadline) return;

        long due = deadline.DueOf(phase, now, mayConnect);
        _phase = (byte)phase;
        Volatile.Write(ref _phaseDue, due);
        deadline.RingBy(due);
    }

    // No phase: what the call waits for has a limit of its own, or none.
    private void Leave() => Volatile.Write(ref _phaseDue, Deadline.Never);
}
