namespace RequestsAsync.Bulk;

/// <summary>Where a host stands in the schedule.</summary>
internal enum HostState : byte
{
    /// <summary>It has nothing that could be leased.</summary>
    Idle,

    /// <summary>It may be leased now.</summary>
    Ready,

    /// <summary>Its time has not come.</summary>
    Timed,

    /// <summary>Somebody holds it.</summary>
    Leased,
}
