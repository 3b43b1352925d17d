namespace RequestsAsync;

/// <summary>One request on its way over one connection: its times, its place, and whose turn it is to wait.</summary>
/// <remarks>
/// It flows with the call into the transport, so that the connection's stream, which sees only bytes, knows whose they are.
/// The transport resends by itself, up to three times, what got no answer, requests that are not idempotent too; here each sending goes
/// out once, and the exchange decides about another.
/// </remarks>
internal sealed class Sending
{
    private static readonly AsyncLocal<Sending?> Flow = new();

    private readonly TimeProvider _time;
    private readonly int _version;
    private Deadline? _deadline;
    private readonly RequestSpan? _span;
    private Http1Stream? _carrier;
    private CancellationTokenSource? _attempt;
    private Admission _admission;
    private int? _status;
    private Version? _protocol;
    private Exception? _failure;
    private long _sent;
    private long _firstByte;
    private long _ended;
    private volatile bool _unwanted;

    /// <param name="deadline">What may end it early.</param>
    /// <param name="time">The session's clock.</param>
    /// <param name="hasBody">Whether it has content.</param>
    /// <param name="span">What telemetry wants to know of it.</param>
    public Sending(Deadline deadline, TimeProvider time, bool hasBody, RequestSpan? span)
    {
        _span = span;
        _deadline = deadline;
        _version = deadline.Version;
        _time = time;
        BodyState = hasBody ? BodyState.Waiting : BodyState.Sent;
        Started = time.GetTimestamp();
        Limits = deadline.Limits;
    }

    /// <summary>The request that the current call sends; <see langword="null"/> outside of one.</summary>
    public static Sending? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    /// <summary>What may end it early; <see langword="null"/> when it is over.</summary>
    public Deadline? Deadline => _deadline;

    /// <summary>When it began, as a timestamp.</summary>
    public long Started { get; }

    /// <summary>How long it waited for its place.</summary>
    public TimeSpan Queue { get; private set; }

    /// <summary>The limits for a connection that is opened for it.</summary>
    public PhaseLimits Limits { get; }

    /// <summary>Whether only a new connection may carry it: one that was kept had died, and where one has, its like have too.</summary>
    public bool WantsNewConnection { get; init; }

    /// <summary>What carries it; <see langword="null"/> while nothing does.</summary>
    public Connection? Connection { get; private set; }

    /// <summary>Whether a connection that the transport had chosen for it would not carry it: nothing of it was sent.</summary>
    public bool WasTurnedAway { get; private set; }

    /// <summary>Whether that connection had carried others before.</summary>
    public bool IsReused { get; private set; }

    /// <summary>How far its content is.</summary>
    public BodyState BodyState { get; private set; }

    /// <summary>Whether the server has answered without waiting for the rest of the content, or takes no more of it.</summary>
    public bool IsBodyUnwanted => _unwanted;

    /// <summary>Whether a byte of an answer has come.</summary>
    public bool IsAnswered => _firstByte != 0;

    /// <summary>What the connection died of.</summary>
    public Exception? LostBy { get; private set; }

    /// <summary>When the last byte of the response was here, or the response was let go; 0 before.</summary>
    public long Ended => _ended;

    /// <summary>The request waits for its turn.</summary>
    public void Wait() => Enter(TimeoutPhase.Pool);

    /// <summary>The request has its turn and goes to the transport.</summary>
    /// <param name="admission">What it holds from now on.</param>
    /// <param name="mayWait">Whether it may have to wait for a connection that another request opens; the limits of that then come on top.</param>
    public void Admit(in Admission admission, bool mayWait)
    {
        _admission = admission;
        Queue = _time.GetElapsedTime(Started);

        // Over HTTP/2 nobody sees when it is written.
        _deadline?.Enter(TimeoutPhase.Read, _version, mayWait);
    }

    /// <summary>Its first byte is about to be written to a connection.</summary>
    /// <exception cref="ConnectionLostException">Another connection has carried it already: what happened to it there is unknown.</exception>
    public void Begin(Http1Stream carrier, bool isReused)
    {
        CheckFresh();
        _carrier = carrier;
        Connection = carrier.Connection;
        IsReused = isReused;
    }

    /// <summary>A connection does not carry it.</summary>
    public void TurnAway() => WasTurnedAway = true;

    /// <summary>Refuses to be sent a second time.</summary>
    /// <inheritdoc cref="Begin" path="/exception"/>
    public void CheckFresh()
    {
        if (Connection is not null) throw Lost();
    }

    /// <summary>The header fields of the answer are here.</summary>
    /// <param name="answeredOver">The connection that most probably carried it: over HTTP/2, where streams share one, nobody saw it pass.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="protocol">The protocol that it came by.</param>
    public void HeadCame(int status, Version protocol, Connection? answeredOver)
    {
        _status = status;
        _protocol = protocol;
        _admission.Gate?.Report(ref _admission, CircuitRule.Of(status));
        if (_firstByte == 0) _firstByte = _time.GetTimestamp();
        if (Connection is not null || answeredOver is null) return;

        Connection = answeredOver;
        IsReused = answeredOver.Opened < Started;
    }

    /// <summary>Some of it is being written.</summary>
    public void WriteBegins()
    {
        if (_status is null) Enter(TimeoutPhase.Write); // HTTP/2 answers while content is still sent, and then the reading counts
    }

    /// <summary>It is written.</summary>
    public void WriteEnds()
    {
        // Between two pieces the caller's own source is waited for, as long as it likes.
        if (BodyState == BodyState.Sending)
        {
            if (_status is null) _deadline?.Leave(_version);
            return;
        }

        _sent = _time.GetTimestamp();
        Enter(TimeoutPhase.Read);
    }

    /// <summary>The transport asks for the content.</summary>
    public void BodyBegins()
    {
        BodyState = BodyState.Sending;
        _deadline?.Leave(_version);
    }

    /// <summary>All of the content was handed over.</summary>
    public void BodyEnds()
    {
        BodyState = BodyState.Sent;
        _sent = _time.GetTimestamp();
        if (_status is null) Enter(TimeoutPhase.Read); // HTTP/2 answers meanwhile; then it is for the caller to begin
    }

    /// <summary>What came is no answer to it, nor is what may follow.</summary>
    public void Break() => _carrier?.Damage();

    /// <summary>The rest of the content is of no use.</summary>
    public void StopBody() => _unwanted = true;

    /// <summary>Bytes have come.</summary>
    public void BytesCame()
    {
        if (_firstByte == 0) _firstByte = _time.GetTimestamp();
        if (BodyState == BodyState.Sent) Enter(TimeoutPhase.Read);
    }

    /// <summary>The connection is gone.</summary>
    public void ConnectionLost(Exception? cause) => LostBy ??= cause;

    /// <summary>The body is waited for.</summary>
    public void ReadBegins() => Enter(TimeoutPhase.Read);

    /// <summary>The body is not waited for: the caller is busy with what came.</summary>
    public void ReadEnds() => _deadline?.Leave(_version);

    /// <summary>It has failed, or its body has.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="endedBy">What ended the call, if anything did.</param>
    public void Fail(Exception failure, EndedBy endedBy)
    {
        _failure ??= failure;
        _admission.Gate?.Report(ref _admission, CircuitRule.Of(failure, endedBy));
    }

    /// <summary>A connection is being opened for it; when it ends without an answer, nobody needs that any more.</summary>
    public void BeginAttempt(CancellationTokenSource attempt)
    {
        _attempt = attempt;
        if (Volatile.Read(ref _ended) != 0) CancelAttempt();
        if (Connection is null) _deadline?.Leave(_version); // connecting has limits of its own
    }

    /// <summary>The connection is there, or has failed.</summary>
    public void EndAttempt()
    {
        _attempt = null;
        if (Connection is null) Enter(TimeoutPhase.Read);
    }

    /// <summary>It is over: answered to the end, failed, or let go.</summary>
    public void End()
    {
        long now = _time.GetTimestamp();
        if (Interlocked.CompareExchange(ref _ended, now, 0) != 0) return;

        _deadline?.Leave(_version);
        _deadline = null;
        _admission.Gate?.Leave(ref _admission);
        _carrier?.Release(this, now);
        _carrier = null;
        if (!IsAnswered) CancelAttempt();
        _span?.End(_time.GetElapsedTime(Started, now), _status, _protocol, _failure);
    }

    /// <summary>What the times are at the moment.</summary>
    public Timings ToTimings()
    {
        long end = _ended != 0 ? _ended : _time.GetTimestamp();
        bool opened = Connection is not null && !IsReused;
        return new Timings
        {
            Queue = Queue,
            Dns = opened ? Connection!.Dns : TimeSpan.Zero,
            Connect = opened ? Connection!.Connect : TimeSpan.Zero,
            Tls = opened ? Connection!.Tls : TimeSpan.Zero,
            RequestSent = Between(Started, _sent),
            FirstByte = Between(Started, _firstByte),
            Total = _time.GetElapsedTime(Started, end),
        };
    }

    private void CancelAttempt()
    {
        try
        {
            _attempt?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended at this very moment.
        }
    }

    private TimeSpan? Between(long start, long end) => end == 0 ? null : _time.GetElapsedTime(start, end);

    private void Enter(TimeoutPhase phase) => _deadline?.Enter(phase, _version);

    private ConnectionLostException Lost() => LostBy is { } cause
        ? new($"{Failure.Reason(cause)}", cause)
        : new("the server closed the connection before it answered.");
}
