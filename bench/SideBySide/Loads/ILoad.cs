namespace RequestsAsync.SideBySide;

/// <summary>Requests of one kind, one after another and many at once, for a time.</summary>
internal interface ILoad
{
    /// <summary>What was done since it was last cleared.</summary>
    LoadTally Tally { get; }

    /// <summary>Works for a time; what is under way at its end is waited for.</summary>
    Task RunAsync(TimeSpan duration);
}
