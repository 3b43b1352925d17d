using System.Collections.Frozen;
using System.Globalization;

namespace RequestsAsync;

/// <summary>When and how often a request is sent again.</summary>
/// <remarks>
/// <para>Say what differs from the default: <c>Retry = Retry.Default with { Attempts = 4 }</c>.</para>
/// <para>A failure to connect is tried again for every method, since nothing was sent yet. A lost connection, a timeout while sending or reading, and
/// the <see cref="Statuses"/> are tried again for the <see cref="Methods"/> only. Whatever a repetition cannot mend never is: a bad certificate, a
/// forbidden address, an answer that is not HTTP, the total time of the call. Content that came from a stream which can be read only once is not
/// sent again after it was begun.</para>
/// <para>The wait before repetition <c>n</c> is random between zero and <c>Delay · 2ⁿ⁻¹</c>, at most <see cref="MaxDelay"/> (exponential back-off with
/// full jitter). When the server says how long it wants to be left alone, that time is waited first, up to <see cref="MaxRetryAfter"/>, and the random
/// time follows it: the request never comes earlier than asked, and those who were sent away together do not come back together.</para>
/// </remarks>
public sealed record Retry
{
    // A wait is what a server asks and a step of the back-off, and must fit into a timer of some 24 days.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(10);

    private static readonly FrozenSet<int> DefaultStatuses = FrozenSet.Create(408, 429, 500, 502, 503, 504);

    private static readonly FrozenSet<string> DefaultMethods =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY");

    private readonly FrozenSet<int> _statuses = DefaultStatuses;
    private readonly FrozenSet<string> _methods = DefaultMethods;

    /// <summary>What most people want: three attempts, for failures that pass.</summary>
    public static Retry Default { get; } = new();

    /// <summary>Every request is sent once.</summary>
    public static Retry None { get; } = new() { Attempts = 1 };

    /// <summary>How often a request is sent in all, the first time included. The rounds of an authentication scheme are no attempts.</summary>
    /// <value>Default: 3. 1 means never again.</value>
    public int Attempts { get; init; } = 3;

    /// <summary>The first step of the back-off: the longest random wait before the second attempt. Each further step is twice the one before.</summary>
    /// <value>Default: 0.5 seconds. Zero waits for nothing but what a server asks.</value>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest step of the back-off.</summary>
    /// <value>Default: 30 seconds.</value>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait that a server may ask for, in <c>Retry-After</c> (RFC 9110 §10.2.3) or in the fields of a rate limit; more is cut to this.</summary>
    /// <value>Default: 2 minutes. Zero does not heed such wishes.</value>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The status codes after which a request is sent again. What is set is copied.</summary>
    /// <value>Default: 408, 429, 500, 502, 503, 504.</value>
    /// <exception cref="ArgumentNullException">Set to <see langword="null"/>.</exception>
    public IReadOnlyCollection<int> Statuses
    {
        get => _statuses;
        init => _statuses = value.ToFrozenSet();
    }

    /// <summary>The methods that may be carried out twice, in upper or lower case. What is set is copied.</summary>
    /// <value>Default: GET, HEAD, PUT, DELETE, OPTIONS, TRACE, QUERY, the idempotent ones (RFC 9110 §9.2.2).</value>
    /// <remarks>Add POST only where the server recognises a repetition, by an <c>Idempotency-Key</c> for example.</remarks>
    /// <exception cref="ArgumentNullException">Set to <see langword="null"/>, or holds it.</exception>
    public IReadOnlyCollection<string> Methods
    {
        get => _methods;
        init => _methods = value.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>How many repetitions the session allows itself for each request, so that a server in trouble is not buried under them.</summary>
    /// <value>
    /// Default: 0.2, one repetition for five requests. A session has ten more to begin with, and saves no more than a thousand.
    /// <see cref="double.PositiveInfinity"/> takes the limit away.
    /// </value>
    public double Budget { get; init; } = 0.2;

    /// <summary>
    /// The caller's own say on an answer or a failure: <see langword="true"/> to send again, <see langword="false"/> not to, <see langword="null"/> to leave it to the rule.
    /// </summary>
    /// <value>Default: <see langword="null"/>.</value>
    /// <remarks>
    /// It is asked after every attempt but the last, of every method, and about successes too; the body of the answer is not read at that time.
    /// It decides only what is worth a repetition: <see cref="Attempts"/>, <see cref="Budget"/> and content that cannot be sent twice remain limits.
    /// It is not asked about an <see cref="InvalidRequestException"/>, nor when the total time is over. What it throws ends the call and reaches the
    /// caller as it is.
    /// </remarks>
    public Func<RetryInfo, bool?>? When { get; init; }

    /// <summary>Whether repetitions are paid from the session's budget.</summary>
    internal bool HasBudget => !double.IsPositiveInfinity(Budget);

    internal bool Covers(int status) => _statuses.Contains(status);

    internal bool Covers(HttpMethod method) => _methods.Contains(method.Method);

    /// <exception cref="InvalidRequestException">Something in it makes no sense.</exception>
    internal void Check()
    {
        if (Attempts < 1) throw new InvalidRequestException($"Retry.Attempts is {Attempts}: the first sending is one of them, so it must be 1 or more.");
        Check(Delay, nameof(Delay));
        Check(MaxDelay, nameof(MaxDelay));
        Check(MaxRetryAfter, nameof(MaxRetryAfter));
        if (!(Budget >= 0))
        {
            string budget = Budget.ToString(CultureInfo.InvariantCulture);
            throw new InvalidRequestException($"Retry.Budget is {budget}: it is the share of requests that may be repeated, 0.2 for one in five, and must be 0 or more.");
        }

        foreach (int status in _statuses)
        {
            if (status is < 100 or > 999) throw new InvalidRequestException($"Retry.Statuses has {status}, which is no status code: they have three digits.");
        }

        foreach (string method in _methods)
            MethodNames.Parse(method);
    }

    private static void Check(TimeSpan wait, string name)
    {
        if (wait < TimeSpan.Zero || wait > Longest)
            throw new InvalidRequestException($"Retry.{name} is {wait}: it must be between zero and {Longest.Days} days.");
    }
}
