namespace RequestsAsync;

/// <summary>How long the stages of making one connection took, and which is going on. May be read while it is written.</summary>
internal sealed class ConnectTimes(TimeProvider time)
{
    private const long Never = long.MinValue;

    private long _resolving = Never;
    private long _connecting = Never;
    private long _ended = Never;
    private volatile bool _isConnected;

    /// <summary>The time in name resolution, so far if it is still going on; <see langword="null"/> if there was none.</summary>
    public TimeSpan? Resolving => Between(Volatile.Read(ref _resolving), Volatile.Read(ref _connecting));

    /// <summary>The time in connecting, so far if it is still going on; <see langword="null"/> before that.</summary>
    public TimeSpan? Connecting => Between(Volatile.Read(ref _connecting), Never);

    /// <summary>Whether the connection was made.</summary>
    public bool IsConnected => _isConnected;

    /// <summary>Name resolution begins.</summary>
    public void Resolve() => Volatile.Write(ref _resolving, time.GetTimestamp());

    /// <summary>Name resolution, if there was any, has ended and connecting begins.</summary>
    public void Connect() => Volatile.Write(ref _connecting, time.GetTimestamp());

    /// <summary>The connection was made, or never will be.</summary>
    public void End(bool isConnected)
    {
        Volatile.Write(ref _ended, time.GetTimestamp());
        _isConnected = isConnected;
    }

    /// <summary>Both times as a clause, for the message of a timeout.</summary>
    public override string ToString() => (Resolving, Connecting) switch
    {
        (null, null) => "connecting had not begun",
        ({ } resolving, null) => $"resolving the name was not done after {Failure.Seconds(resolving)}",
        (null, { } connecting) => Describe(connecting),
        ({ } resolving, { } connecting) => $"resolving the name took {Failure.Seconds(resolving)}, {Describe(connecting)}",
    };

    private string Describe(TimeSpan connecting) =>
        _isConnected ? $"connecting took {Failure.Seconds(connecting)}" : $"connecting was not done after {Failure.Seconds(connecting)}";

    private TimeSpan? Between(long from, long to)
    {
        if (from == Never) return null;
        if (to == Never) to = Volatile.Read(ref _ended);
        return time.GetElapsedTime(from, to == Never ? time.GetTimestamp() : to);
    }
}
