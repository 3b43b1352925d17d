namespace RequestsAsync.Bulk;

/// <summary>A host while this worker holds it: its requests at hand, how many are in flight, and when it may be asked again. Used by the worker's own loop alone.</summary>
internal sealed class HostTurn(LeaseKey key, HostPolicy? policy, BulkOptions options)
{
    /// <summary>The lease.</summary>
    public LeaseKey Key { get; } = key;

    /// <summary>What holds for it instead of the job's own rules.</summary>
    public HostPolicy? Policy { get; } = policy;

    /// <summary>The requests at hand, in their order.</summary>
    public Queue<LeasedRequest> Waiting { get; } = new();

    /// <summary>How many are in flight.</summary>
    public int InFlight { get; set; }

    /// <summary>How many of its requests are asked for at a time: the more, the faster they go.</summary>
    public int Batch { get; set; }

    /// <summary>Until when the lease lasts, by the clock's timestamps.</summary>
    public long LeasedUntil { get; set; }

    /// <summary>When it may be asked again, by the clock's timestamps.</summary>
    public long NextAt { get; set; }

    /// <summary>How long it is left alone after each response.</summary>
    public TimeSpan Delay { get; private set; } = policy?.Delay ?? options.Delay;

    /// <summary>The delay that is kept however quick its answers are: that of the job or its policy, or what its robots.txt asks for, whichever is longer.</summary>
    public TimeSpan LeastDelay { get; private set; } = policy?.Delay ?? options.Delay;

    /// <summary>How many may be in flight. Who is owed a delay after each response gets one at a time.</summary>
    public int MaxInFlight => Delay > TimeSpan.Zero ? 1 : Policy?.MaxInFlight ?? options.MaxPerHost;

    /// <summary>Whether robots.txt is obeyed.</summary>
    public bool ObeysRobots => Policy?.ObeyRobots ?? options.ObeyRobots;

    /// <summary>What is known of it beyond this lease.</summary>
    public HostNotes Notes { get; set; } = HostNotes.None;

    /// <summary>Whether the notes are to be written down.</summary>
    public bool HasNewNotes { get; set; }

    /// <summary>What its origins' robots.txt allow, as far as it is known.</summary>
    public Dictionary<string, KnownRobots> Rules { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it is being asked for a robots.txt: nothing else is sent before that is known.</summary>
    public bool IsAskingForRobots { get; set; }

    /// <summary>Whether it stands among those that can be asked, or waits for its time.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Whether the frontier has no more of its requests, as far as is known.</summary>
    public bool IsDry { get; set; }

    /// <summary>Whether more of its requests were asked for and have not come yet.</summary>
    public bool AsksForMore { get; set; }

    /// <summary>Whether the lease is over: nothing of it is sent any more, and what comes back is refused.</summary>
    public bool IsLost { get; set; }

    /// <summary>For how long it is to be left to nobody; it then is given back as soon as nothing is in flight.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>Whether a request of it may be sent, as to its numbers: its time is another matter.</summary>
    public bool HasTurn => Waiting.Count > 0 && InFlight < MaxInFlight && !IsLost && !IsBlocked && !IsAskingForRobots;

    /// <summary>Whether nothing is left to do with it.</summary>
    public bool IsOver => InFlight == 0 && (IsLost || IsBlocked || (Waiting.Count == 0 && !AsksForMore && IsDry));

    /// <summary>Whether it may still be asked by who holds it, at a time by the clock's timestamps. Asked by a request that had to wait after its turn had come, on any thread.</summary>
    public bool MayBeAsked(long now) => !IsLost && !IsBlocked && now < LeasedUntil;

    /// <summary>Leaves it alone for longer, or for shorter, after each response; never for less than it is owed in any case.</summary>
    public void SetDelay(TimeSpan delay) => Delay = delay < LeastDelay ? LeastDelay : delay;

    /// <summary>Takes into account what its origins' robots.txt ask for.</summary>
    public void KeepCrawlDelays()
    {
        TimeSpan least = Policy?.Delay ?? options.Delay;
        foreach (KnownRobots robots in Rules.Values)
        {
            if (robots.Rules.CrawlDelay is not { } asked) continue;
            if (asked > options.MaxDelay) asked = options.MaxDelay;
            if (asked > least) least = asked;
        }

        LeastDelay = least;
        SetDelay(options.AutoThrottle ? Delay : least);
    }
}
