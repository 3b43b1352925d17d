namespace RequestsAsync.Bulk;

/// <summary>What an entry of the journal says; the number is its first byte.</summary>
internal enum JournalEntry : byte
{
    /// <summary>A request is done: its number.</summary>
    Done = 1,

    /// <summary>A request is to be tried again: number, attempts, delay, host, state.</summary>
    Again = 2,

    /// <summary>A host is not to be leased for some time: host, delay.</summary>
    Delay = 3,

    /// <summary>What the next holder of a host is to know: host, notes.</summary>
    Notes = 4,

    /// <summary>The input has ended.</summary>
    InputCompleted = 5,

    /// <summary>The job was cancelled.</summary>
    Cancelled = 6,

    /// <summary>How much of the output is settled.</summary>
    Output = 7,

    /// <summary>The job was opened: the how many-th time.</summary>
    Epoch = 8,

    /// <summary>All requests that are done, as a bitmap.</summary>
    DoneBits = 9,

    /// <summary>A host that has or had requests which were added to another: host.</summary>
    Target = 10,
}
