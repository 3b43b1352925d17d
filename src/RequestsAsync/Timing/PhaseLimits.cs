namespace RequestsAsync;

/// <summary>The limits of one request's phases, all decided.</summary>
internal sealed class PhaseLimits
{
    private static readonly TimeSpan DefaultConnect = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DefaultTransfer = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DefaultTotal = TimeSpan.FromSeconds(100);

    private readonly TimeSpan? _total;

    /// <param name="session">What the session says.</param>
    /// <param name="request">What the request says; it wins.</param>
    public PhaseLimits(Timeouts session, Timeouts? request)
    {
        _total = request?.Total ?? session.Total;
        Connect = request?.Connect ?? session.Connect ?? DefaultConnect;
        Tls = request?.Tls ?? session.Tls ?? Connect;
        Write = request?.Write ?? session.Write ?? DefaultTransfer;
        Read = request?.Read ?? session.Read ?? DefaultTransfer;
        Pool = request?.Pool ?? session.Pool ?? Timeouts.Infinite;
    }

    public TimeSpan Connect { get; }

    public TimeSpan Tls { get; }

    public TimeSpan Write { get; }

    public TimeSpan Read { get; }

    public TimeSpan Pool { get; }

    /// <summary>The limit of the whole call; a streamed one has none by default, for nobody knows how long its body is.</summary>
    public TimeSpan Total(bool stream) => _total ?? (stream ? Timeouts.Infinite : DefaultTotal);

    /// <summary>A limit that begins only when a connection is there, counted from before.</summary>
    public TimeSpan AfterConnecting(TimeSpan limit) => Connect == Timeouts.Infinite || Tls == Timeouts.Infinite ? Timeouts.Infinite : limit + Connect + Tls;

    /// <summary>The limit of a phase that a request goes through by itself.</summary>
    public TimeSpan Of(TimeoutPhase phase) => phase switch
    {
        TimeoutPhase.Pool => Pool,
        TimeoutPhase.Connect => Connect,
        TimeoutPhase.Tls => Tls,
        TimeoutPhase.Write => Write,
        TimeoutPhase.Read => Read,
        _ => Timeouts.Infinite,
    };
}
