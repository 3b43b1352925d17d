namespace RequestsAsync;

/// <summary>One request on its way over one connection: its times, its place, and whose turn it is to wait.</summary>
/// <remarks>
/// The connection's stream, which sees only bytes, is told whose they are: see <see cref="Current"/> and <see cref="Mark"/>.
/// The transport resends by itself, up to three times, what got no answer, requests that are not idempotent too; here each sending goes
/// out once, and the exchange decides about another.
/// </remarks>
internal sealed partial class Sending
{
    private static readonly AsyncLocal<Sending?> Flow = new();

    [ThreadStatic]
    private static Sending? _marked;

    private volatile Deadline? _deadline;
    private SendingNotes? _notes;
    private Admission? _admission;
    private long _phaseDue = Deadline.Never;
    private byte _phase;
    private volatile bool _unwanted;
    private bool _hasHead;
    private long _sent;
    private long _firstByte;
    private long _headCame;
    private long _ended;

    /// <param name="deadline">What may end it early.</param>
    /// <param name="hasBody">Whether it has content.</param>
    /// <param name="span">What telemetry wants to know of it.</param>
    /// <param name="started">When it began, as a timestamp.</param>
    public Sending(Deadline deadline, bool hasBody, RequestSpan? span, long started)
    {
        if (span is not null) Notes.Span = span;
        BodyState = hasBody ? BodyState.Waiting : BodyState.Sent;
        Started = started;
        _deadline = deadline;
        deadline.Watch(this);
    }

    /// <summary>The request that the current call sends; <see langword="null"/> outside of one, and for one that is known by its <see cref="Mark"/>.</summary>
    public static Sending? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    /// <summary>The request whose header fields the transport has written last on this thread, and not yet given to a connection.</summary>
    public static Sending? Marked => _marked is { Ended: 0 } marked ? marked : null;

    /// <summary>What may end it early; <see langword="null"/> when it is over.</summary>
    public Deadline? Deadline => _deadline;

    /// <summary>When it began, as a timestamp.</summary>
    public long Started { get; }

    /// <summary>The limits for a connection that is opened for it; <see langword="null"/> when it is over.</summary>
    public PhaseLimits? Limits => _deadline?.Limits;

    /// <summary>The event loop that its caller awaits it on; <see langword="null"/> outside of one, and when it is over.</summary>
    public EventLoop? Loop => _deadline?.Loop;

    /// <summary>The phase it is in, and when that has lasted too long; read by the timer at any moment.</summary>
    public (TimeoutPhase Phase, long Due) Phase
    {
        get
        {
            long due = Volatile.Read(ref _phaseDue); // written last
            return ((TimeoutPhase)_phase, due);
        }
    }

    /// <summary>Whether only a new connection may carry it: one that was kept had died, and where one has, its like have too.</summary>
    public bool WantsNewConnection { get; init; }

    /// <summary>
    /// Whether a connection can know it only by the flow of its call: it goes over the network and has content, which is written later than its fields, or no field,
    /// or insists on a new connection, so that those of the pool have to know it before it is written. Any other is known by its <see cref="Mark"/>.
    /// </summary>
    public bool NeedsFlow { get; set; }

    /// <summary>Whether its fields are of ASCII alone, which the transport writes fastest.</summary>
    public bool IsAscii { get; set; }

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

    /// <summary>The length of the body where the head of the answer says it once, in one field, and nothing else about where the body ends; otherwise -1.</summary>
    public int PlainLength { get; private set; } = -1;

    /// <summary>Whether that head is all of ASCII and came in one piece, and no fields follow the body.</summary>
    public bool HasPlainHead { get; private set; }

    /// <summary>When the last byte of the response was here, or the response was let go; 0 before.</summary>
    public long Ended => Volatile.Read(ref _ended);

    private SendingNotes Notes
    {
        get
        {
            if (_notes is { } notes) return notes;
            SendingNotes made = new();
            return Interlocked.CompareExchange(ref _notes, made, null) ?? made;
        }
    }

    /// <summary>
    /// The transport begins to write it. One of HTTP/1.1 that does not need the flow of its call is given to its connection whole before the transport does anything
    /// else on this thread: the mark then does what flowing does for others, at no cost. Over HTTP/2 nobody looks for it.
    /// </summary>
    public void Mark()
    {
        if (!NeedsFlow) _marked = this;
    }

    /// <summary>The request waits for its turn.</summary>
    public void Wait() => Enter(TimeoutPhase.Pool, Started);

    /// <summary>The request has its turn and goes to the transport.</summary>
    /// <param name="admission">What it holds from now on.</param>
    /// <param name="waited">How long it has waited for it; <see langword="null"/> where it has not.</param>
    /// <param name="mayWait">Whether it may have to wait for a connection that another request opens; the limits of that then come on top.</param>
    public void Admit(Admission admission, TimeSpan? waited, bool mayWait)
    {
        _admission = admission;
        if (waited is not { } queue)
        {
            Enter(TimeoutPhase.Read, Started, mayWait); // over HTTP/2 nobody sees when it is written
            return;
        }

        Notes.Queue = queue;
        EnterNow(TimeoutPhase.Read, mayWait);
    }

    /// <summary>Its first byte is about to be written to a connection.</summary>
    /// <exception cref="ConnectionLostException">Another connection has carried it already: what happened to it there is unknown.</exception>
    public void Begin(Http1Stream carrier, bool isReused)
    {
        if (_marked == this) _marked = null;
        CheckFresh();
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
        _hasHead = true;
        _notes?.Span?.HeadCame(status, protocol);
        if (_admission is { } admission) admission.Gate.Report(admission, CircuitRule.Of(status));
        if (_headCame == 0)
        {
            // Nobody saw it pass, nor will anybody see its body before it is waited for.
            _headCame = Now;
            if (BodyState == BodyState.Sent) Enter(TimeoutPhase.Read, _headCame);
        }

        if (_firstByte == 0) _firstByte = _headCame;
        if (Connection is not null || answeredOver is null) return;

        Connection = answeredOver;
        IsReused = answeredOver.Opened < Started;
    }

    /// <summary>What came is no answer to it, nor is what may follow.</summary>
    public void Break() => Connection?.Carrier?.Damage();

    /// <summary>The rest of the content is of no use.</summary>
    public void StopBody() => _unwanted = true;

    /// <summary>The connection is gone.</summary>
    public void ConnectionLost(Exception? cause)
    {
        if (cause is not null) Notes.LostBy ??= cause;
    }

    /// <summary>It has failed, or its body has.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="endedBy">What ended the call, if anything did.</param>
    public void Fail(Exception failure, EndedBy endedBy)
    {
        _notes?.Span?.Fail(failure);
        if (_admission is { } admission) admission.Gate.Report(admission, CircuitRule.Of(failure, endedBy));
    }

    /// <summary>A connection is being opened for it; when it ends without an answer, nobody needs that any more.</summary>
    public void BeginAttempt(CancellationTokenSource attempt)
    {
        SendingNotes notes = Notes;
        notes.Attempt = attempt;
        if (Ended != 0) notes.CancelAttempt();
        if (Connection is null) Leave(); // connecting has limits of its own
    }

    /// <summary>The connection is there, or has failed.</summary>
    /// <param name="attempt">What <see cref="BeginAttempt"/> was told. One that is not the latest, begun for the request before, changes nothing.</param>
    public void EndAttempt(CancellationTokenSource attempt)
    {
        if (_notes is not { } notes || notes.Attempt != attempt) return;

        notes.Attempt = null;
        if (notes.IsEmpty) _notes = null; // nearly always, and the request may be under way for long
        if (Connection is null) EnterNow(TimeoutPhase.Read);
    }

    /// <summary>It is over: answered to the end, failed, or let go.</summary>
    public void End()
    {
        if (_deadline is not { } deadline) return;

        TimeProvider time = deadline.Time;
        long now = Math.Max(1, time.GetTimestamp());
        if (Interlocked.CompareExchange(ref _ended, now, 0) != 0) return;

        Leave();
        _deadline = null;
        if (Interlocked.Exchange(ref _admission, null) is { } admission) admission.Gate.Leave(admission);
        Connection?.Carrier?.Release(this, now);
        if (_notes is not { } notes) return; // read once: an attempt to connect that ends late takes empty ones away

        if (!IsAnswered) notes.CancelAttempt();
        notes.Span?.End(time.GetElapsedTime(Started, now));
    }

    private ConnectionLostException Lost() => _notes?.LostBy is { } cause
        ? new($"{Failure.Reason(cause)}", cause)
        : new("the server closed the connection before it answered.");
}
